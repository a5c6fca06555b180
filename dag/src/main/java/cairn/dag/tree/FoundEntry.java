package cairn.dag.tree;

import cairn.dag.LinkName;
import cairn.dag.Mtime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// An entry that a walk found on disk.
///
/// @param name in its folder, or the source's
/// @param attributes as they were then
/// @param follows whether what a symbolic link leads to is meant, and not the link
public record FoundEntry(
        Path path, LinkName name, BasicFileAttributes attributes, boolean follows) {
    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

    /// How it is opened to be read.
    public Set<OpenOption> opening() {
        return follows
                ? Set.of(StandardOpenOption.READ)
                : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /// Its permissions.
    public OptionalInt mode() throws IOException {
        return OptionalInt.of(07777 & (int) Files.getAttribute(path, "unix:mode", links(follows)));
    }

    /// When it was changed last.
    public Optional<Mtime> mtime() {
        return Optional.of(Mtime.of(attributes.lastModifiedTime().toInstant()));
    }

    /// What it was when it was found.
    public FileStamp stamp() {
        return FileStamp.of(attributes);
    }

    /// Whether it isn't what it was when it was found.
    public boolean hasChanged() {
        try {
            return !FileStamp.of(path, links(follows)).equals(stamp());
        } catch (IOException e) {
            return true;
        }
    }

    static LinkOption[] links(boolean follows) {
        return follows ? FOLLOW : NO_FOLLOW;
    }
}
