package cairn.dag.disk;

import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/// Holds what a node declares against what a disk has free.
///
/// What a directory declares is its cumulative size: a hint that may be wrong in either direction,
/// and counts what blocks take besides the bytes of files.
final class FreeSpace {
    private FreeSpace() {}

    /// @param aside where the node is to be written; what is there already needs no room again
    /// @throws DiskException when the node declares more than there is room for
    static void check(UnixFsNode node, Path aside) throws IOException {
        long declared = node instanceof UnixFsFile file ? file.size() : node.cumulativeSize();
        Path parent = aside.getParent();
        long free = Files.getFileStore(parent).getUsableSpace();
        if (declared <= free || declared - free <= written(aside)) return;
        throw new DiskException(
                node.cid()
                        + " declares "
                        + declared
                        + " bytes, but the disk of "
                        + DiskNames.shown(parent)
                        + " has "
                        + free
                        + " free; nothing was written");
    }

    private static long written(Path aside) throws IOException {
        AtomicLong sum = new AtomicLong();
        if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) return 0;
        Files.walkFileTree(
                aside,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        sum.addAndGet(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }
                });
        return sum.get();
    }
}
