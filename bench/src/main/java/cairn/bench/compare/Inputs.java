package cairn.bench.compare;

import cairn.testkit.Keystream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The data that commands work on, the same on every machine, made when it is first asked for and
/// kept for the next time.
///
/// Each input is made under a name aside and renamed when it is whole.
final class Inputs {
    private static final int FOLDERS = 100;
    private static final int TINY_FOLDERS = 1000;
    private static final int SMALL_BYTES = 1024;
    private static final int TINY_BYTES = 16;

    private final Path root;

    Inputs(Path root) {
        this.root = root;
    }

    /// A file of so many bytes that don't repeat.
    Path file(long size) throws IOException {
        return made("file-" + size, aside -> write(aside, "file", 0, size));
    }

    /// A file of so many zeros that takes no room.
    Path sparse(long size) throws IOException {
        return made(
                "sparse-" + size,
                aside -> {
                    try (var file = new RandomAccessFile(aside.toFile(), "rw")) {
                        file.setLength(size);
                    }
                });
    }

    /// A folder with 100 folders, each with its share of so many files of 1 KiB.
    Path tree(int files) throws IOException {
        return made("tree-" + files, aside -> fill(aside, files, FOLDERS, SMALL_BYTES));
    }

    /// So many files of 16 bytes in folders within folders: three levels of ten.
    Path nested(int files) throws IOException {
        return made(
                "nested-" + files,
                aside -> {
                    int each = files / TINY_FOLDERS;
                    for (int i = 0; i < TINY_FOLDERS; i++) {
                        Path folder = aside.resolve(i / 100 + "/" + i / 10 % 10 + "/" + i % 10);
                        Files.createDirectories(folder);
                        for (int j = 0; j < each; j++)
                            write(
                                    folder.resolve(name(j)),
                                    "nested",
                                    ((long) i * each + j) * TINY_BYTES,
                                    TINY_BYTES);
                    }
                });
    }

    /// One folder of so many files of 16 bytes.
    Path flat(int files) throws IOException {
        return made("flat-" + files, aside -> fill(aside, files, 1, TINY_BYTES));
    }

    private static void fill(Path root, int files, int folders, int size) throws IOException {
        String seed = root.getFileName().toString();
        int each = files / folders;
        for (int i = 0; i < folders; i++) {
            Path folder = folders == 1 ? root : root.resolve(String.format("folder-%03d", i));
            Files.createDirectories(folder);
            for (int j = 0; j < each; j++)
                write(folder.resolve(name(j)), seed, ((long) i * each + j) * size, size);
        }
    }

    private static String name(int index) {
        return String.format("file-%07d.bin", index);
    }

    private static void write(Path file, String seed, long from, long size) throws IOException {
        try (InputStream in = Keystream.chacha20(seed).stream(from, size);
                OutputStream out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
    }

    @FunctionalInterface
    private interface Maker {
        void make(Path aside) throws IOException;
    }

    private Path made(String name, Maker maker) throws IOException {
        Path made = root.resolve(name);
        if (Files.exists(made)) return made;
        System.err.println("making " + made);
        Files.createDirectories(root);
        Path aside = root.resolve(name + ".part");
        Disk.delete(aside);
        maker.make(aside);
        return Files.move(aside, made, StandardCopyOption.ATOMIC_MOVE);
    }
}
