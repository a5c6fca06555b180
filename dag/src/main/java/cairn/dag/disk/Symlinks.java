package cairn.dag.disk;

import cairn.dag.LinkName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Makes symbolic links on disk. A [Path] drops doubled and trailing slashes and may refuse bytes;
/// such targets go through the system call where there is one.
final class Symlinks {
    private final Optional<PosixCalls> calls;

    Symlinks(Optional<PosixCalls> calls) {
        this.calls = calls;
    }

    /// @throws java.nio.file.FileAlreadyExistsException when something is there
    void create(Path link, LinkName target) throws IOException {
        byte[] bytes = target.bytes();
        for (byte b : bytes)
            if (b == 0)
                throw new DiskException(
                        DiskNames.shown(link) + ": a symbolic link to a name that contains NUL");
        if (bytes.length == 0)
            throw new DiskException(DiskNames.shown(link) + ": a symbolic link to nowhere");
        if (isExact(target) || calls.isEmpty()) {
            Files.createSymbolicLink(link, Path.of(target.toString()));
        } else if (Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw new java.nio.file.FileAlreadyExistsException(link.toString());
        } else {
            calls.get().symlink(bytes, link);
        }
    }

    /// Whether a link is one already, to the same target.
    static boolean isLinkTo(Path link, LinkName target) throws IOException {
        return Files.isSymbolicLink(link)
                && Files.readSymbolicLink(link).toString().equals(target.toString());
    }

    private static boolean isExact(LinkName target) {
        try {
            String text = target.toString();
            return text.chars().allMatch(c -> c < 0x80) && Path.of(text).toString().equals(text);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
