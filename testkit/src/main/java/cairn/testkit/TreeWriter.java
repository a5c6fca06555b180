package cairn.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeMap;

/// A tree writer makes files, folders and symlinks below one folder, and on [#close] gives every
/// one of them its mode and modification time, those without one of their own [#MODE_OF_FILES],
/// [#MODE_OF_DIRECTORIES] and [#MTIME]: the umask and the clock leave no trace.
///
/// Paths are relative to the root with `/` between names; folders on the way are made. A name is
/// bytes: the characters U+0000 to U+00FF of a text given to [#bytes] stand for themselves, so that
/// names that aren't UTF-8 can be made under every locale.
public final class TreeWriter implements AutoCloseable {
    public static final int MODE_OF_FILES = 0644;
    public static final int MODE_OF_DIRECTORIES = 0755;
    public static final Instant MTIME = Instant.parse("2024-01-02T03:04:05Z");

    private final Path root;
    private final TreeMap<Path, Integer> modes = new TreeMap<>();
    private final TreeMap<Path, Instant> mtimes = new TreeMap<>(Comparator.reverseOrder());

    public TreeWriter(Path root) throws IOException {
        this.root = root.toAbsolutePath();
        makeDirectory(this.root);
    }

    /// The folder or file below `folder` whose name is these bytes, whatever the locale.
    public static Path resolve(Path folder, byte[] name) {
        var uri = new StringBuilder(folder.toAbsolutePath().toUri().getRawPath());
        if (uri.charAt(uri.length() - 1) != '/') uri.append('/');
        for (byte b : name) {
            if (b == '/') uri.append('/');
            else uri.append('%').append(String.format("%02x", b & 0xff));
        }
        return Path.of(URI.create("file://" + uri));
    }

    /// The bytes of a text whose characters are U+0000 to U+00FF.
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public TreeWriter directory(String path) throws IOException {
        makeDirectory(at(path));
        return this;
    }

    public TreeWriter file(String path, String text) throws IOException {
        return file(path.getBytes(StandardCharsets.UTF_8), text);
    }

    public TreeWriter file(byte[] path, String text) throws IOException {
        return copy(
                resolve(root, path),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    public TreeWriter file(String path, Content content) throws IOException {
        try (InputStream in = content.open()) {
            return copy(at(path), in);
        }
    }

    /// A symlink; its target is written as it is given and needn't exist.
    public TreeWriter symlink(String path, String target) throws IOException {
        return symlink(path, target.getBytes(StandardCharsets.UTF_8));
    }

    public TreeWriter symlink(String path, byte[] target) throws IOException {
        Path link = at(path);
        makeDirectory(link.getParent());
        Files.createSymbolicLink(link, relative(target));
        mtimes.put(link, MTIME);
        return this;
    }

    /// Sets the permission bits, set-user-id and the like included, of what was made before.
    public TreeWriter mode(String path, int mode) {
        modes.put(at(path), mode);
        return this;
    }

    /// Sets the modification time of what was made before; of a symlink itself, not of its target.
    public TreeWriter mtime(String path, Instant time) {
        mtimes.put(at(path), time);
        return this;
    }

    /// Sets all modes and then, from the leaves to the root, all modification times.
    @Override
    public void close() throws IOException {
        for (var entry : modes.entrySet())
            Files.setAttribute(entry.getKey(), "unix:mode", entry.getValue());
        for (var entry : mtimes.entrySet()) {
            FileTime time = FileTime.from(entry.getValue());
            Files.getFileAttributeView(
                            entry.getKey(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, time, null);
        }
    }

    private static Path relative(byte[] target) {
        String text = new String(target, StandardCharsets.ISO_8859_1);
        if (text.chars().allMatch(c -> c < 128)) return Path.of(text);
        Path slash = Path.of("/");
        return slash.relativize(resolve(slash, target));
    }

    private Path at(String path) {
        return path.isEmpty() ? root : resolve(root, path.getBytes(StandardCharsets.UTF_8));
    }

    private TreeWriter copy(Path file, InputStream in) throws IOException {
        makeDirectory(file.getParent());
        Files.copy(in, file);
        modes.put(file, MODE_OF_FILES);
        mtimes.put(file, MTIME);
        return this;
    }

    private void makeDirectory(Path folder) throws IOException {
        if (modes.containsKey(folder)) return;
        if (!folder.equals(root)) makeDirectory(folder.getParent());
        Files.createDirectories(folder);
        modes.put(folder, MODE_OF_DIRECTORIES);
        mtimes.put(folder, MTIME);
    }
}
