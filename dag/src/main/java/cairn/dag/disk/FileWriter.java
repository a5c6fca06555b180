package cairn.dag.disk;

import cairn.dag.exporter.FileBytes;
import cairn.dag.exporter.KnownBytes;
import cairn.dag.exporter.PartCursor;
import cairn.dag.exporter.UnixFsFile;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multihash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/// Writes one file, or makes good what an earlier try left of it: blocks that are on disk are
/// checked and kept, the others are written over. Safe for use by many threads at once.
final class FileWriter {
    /// Set-user-id, set-group-id and sticky.
    private static final int SPECIAL = 07000;

    private static final int OWNER_READS_AND_WRITES = 0600;

    private final Recheck recheck;
    private final WriteListener listener;
    private final boolean forced;

    /// @param forced whether each file is on disk when it is done
    FileWriter(Recheck recheck, WriteListener listener, boolean forced) {
        this.recheck = recheck;
        this.listener = listener;
        this.forced = forced;
    }

    /// Makes a file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when something is there
    void create(UnixFsFile file, Path path) throws IOException {
        try (FileChannel out =
                        FileChannel.open(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                PartCursor parts = file.parts(0, file.size())) {
            for (var part = parts.next(); part.isPresent(); part = parts.next()) {
                ByteBuffer bytes = part.get().bytes();
                int length = bytes.remaining();
                while (bytes.hasRemaining()) out.write(bytes);
                listener.bytes(length);
            }
            finish(file, path, out);
        }
        listener.entry(file.cid());
    }

    /// Makes good a file that is there, or makes it anew where it isn't plainly our own.
    void resume(UnixFsFile file, Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
            throw new DiskException(
                    DiskNames.shown(path) + " is in the way of a file; remove it and try again");
        if (!isPlain(path) || !Files.isReadable(path) || !Files.isWritable(path)) {
            Files.delete(path);
            create(file, path);
            return;
        }
        try (FileChannel out = open(path);
                PartCursor parts = file.unknownParts(knownIn(out))) {
            for (var part = parts.next(); part.isPresent(); part = parts.next()) {
                if (!isThere(out, part.get())) write(part.get(), out);
                listener.bytes(part.get().bytes().remaining());
            }
            if (out.size() > file.size()) out.truncate(file.size());
            finish(file, path, out);
        }
        listener.entry(file.cid());
    }

    /// Mode and time come before the sync, which brings them to the disk too.
    private void finish(UnixFsFile file, Path path, FileChannel out) throws IOException {
        DiskMetadata.apply(file, path);
        if (forced) out.force(true);
    }

    /// Whether a file may be written in place: no other name leads to it, and it has no bits or
    /// lacks no rights that one made here wouldn't.
    private static boolean isPlain(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) return true;
        Map<String, Object> found =
                Files.readAttributes(path, "unix:mode,nlink", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) found.get("mode");
        return (int) found.get("nlink") == 1
                && (mode & SPECIAL) == 0
                && (mode & OWNER_READS_AND_WRITES) == OWNER_READS_AND_WRITES;
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static void write(FileBytes part, FileChannel out) throws IOException {
        ByteBuffer bytes = part.bytes().duplicate();
        long position = part.position();
        while (bytes.hasRemaining()) position += out.write(bytes, position);
    }

    private KnownBytes knownIn(FileChannel file) {
        return switch (recheck) {
            case Recheck.ByContent _ -> KnownBytes.NONE;
            case Recheck.ByHash(Hashes hashes) ->
                    (cid, position, size) -> isThere(file, hashes, cid, position, size);
        };
    }

    private boolean isThere(FileChannel in, Hashes hashes, Cid cid, long position, int size)
            throws IOException {
        Multihash hash = cid.hash();
        if (hashes.find(hash.function()).isEmpty()) return false;
        Optional<ByteBuffer> there = read(in, position, size);
        boolean same = there.isPresent() && hashes.matches(hash, there.get().array());
        if (same) listener.bytes(size);
        return same;
    }

    private boolean isThere(FileChannel in, FileBytes part) throws IOException {
        return switch (recheck) {
            case Recheck.ByHash _ -> false;
            case Recheck.ByContent _ ->
                    read(in, part.position(), part.bytes().remaining())
                            .equals(Optional.of(part.bytes()));
        };
    }

    /// As many bytes of a file; empty when it has fewer.
    private static Optional<ByteBuffer> read(FileChannel in, long position, int size)
            throws IOException {
        if (position + size > in.size()) return Optional.empty();
        ByteBuffer into = ByteBuffer.allocate(size);
        while (into.hasRemaining()) {
            if (in.read(into, position + into.position()) < 0) return Optional.empty();
        }
        return Optional.of(into.flip());
    }
}
