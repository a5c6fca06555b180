package cairn.dag.disk;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsNode;
import cairn.multiformats.Cid;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/// Where a node goes, and where it is written until it is whole.
///
/// @param aside `.<target's name>.cairn-<end of the CID>.partial`, next to the target
/// @param lock the same with `.lock`: the file of an [AsideLock]
record Placement(Path target, Path aside, Path lock) {
    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

    /// The most bytes of the target's name that the name aside repeats.
    private static final int MAX_NAME = 200;

    static Placement of(UnixFsNode node, Path target, LinkName name) throws IOException {
        boolean into = !(node instanceof UnixFsDirectory) && Files.isDirectory(target, NOFOLLOW);
        return at(into ? DiskNames.child(target, name) : target, node.cid());
    }

    /// @param place the target itself, absolute
    static Placement at(Path place, Cid cid) throws DiskException {
        if (place.getFileName() == null || place.getParent() == null)
            throw new DiskException(DiskNames.shown(place) + " can't be replaced");
        return new Placement(place, beside(place, cid, ".partial"), beside(place, cid, ".lock"));
    }

    private static Path beside(Path target, Cid cid, String suffix) throws DiskException {
        byte[] name = PathBytes.name(target).bytes();
        String text = cid.toString();
        byte[] end =
                (".cairn-" + text.substring(Math.max(0, text.length() - 16)) + suffix)
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int kept = Math.min(name.length, MAX_NAME);
        byte[] bytes = new byte[1 + kept + end.length];
        bytes[0] = '.';
        System.arraycopy(name, 0, bytes, 1, kept);
        System.arraycopy(end, 0, bytes, 1 + kept, end.length);
        return DiskNames.child(target.getParent(), LinkName.of(bytes));
    }

    /// Looks whether the node can go there, before anything is written.
    void check(UnixFsNode node) throws IOException {
        checkPlace();
        boolean directory = node instanceof UnixFsDirectory;
        if (Files.exists(target, NOFOLLOW) && Files.isDirectory(target, NOFOLLOW) != directory)
            throw new DiskException(
                    DiskNames.shown(target)
                            + " exists and is "
                            + (directory ? "no directory, but " : "a directory, but ")
                            + node.cid()
                            + (directory ? " is one" : " is none"));
    }

    private boolean isSpecial() throws IOException {
        return Files.exists(target, NOFOLLOW)
                && Files.readAttributes(target, BasicFileAttributes.class, NOFOLLOW).isOther();
    }

    /// Looks whether a file can go there.
    void checkFile() throws IOException {
        checkPlace();
        if (Files.isDirectory(target, NOFOLLOW))
            throw new DiskException(DiskNames.shown(target) + " exists and is a directory");
    }

    private void checkPlace() throws IOException {
        if (!Files.isDirectory(target.getParent()))
            throw new DiskException(
                    DiskNames.shown(target.getParent()) + " is no directory that exists");
        if (isSpecial())
            throw new DiskException(
                    DiskNames.shown(target)
                            + " is a device, FIFO or socket, and wouldn't be one any more");
    }

    /// Whether something is aside from an earlier try.
    ///
    /// @throws DiskException when it isn't the user's own: its owner could change it at any time
    boolean isBegun() throws IOException {
        if (!Files.exists(aside, NOFOLLOW)) return false;
        if (!aside.getFileSystem().supportedFileAttributeViews().contains("owner")) return true;
        Path own = Files.createTempFile(aside.getParent(), ".cairn-", ".owner");
        try {
            if (!Files.getOwner(aside, NOFOLLOW).equals(Files.getOwner(own, NOFOLLOW)))
                throw new DiskException(
                        DiskNames.shown(aside) + " is in the way, and belongs to another user");
        } finally {
            Files.delete(own);
        }
        return true;
    }

    /// Moves what is aside to the target: in one step where nothing or a file is there.
    void finish() throws IOException {
        try {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException e) {
            new Merge(aside, target).run();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target, NOFOLLOW) || !Files.isDirectory(aside, NOFOLLOW))
                throw e;
            new Merge(aside, target).run();
        }
    }

    /// Brings the target's name to the disk, where folders can be synced.
    void syncFolder() throws IOException {
        if (!target.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (AccessDeniedException e) {
            // A folder that its user may write to and not read can't be opened to be synced.
            return;
        }
    }
}
