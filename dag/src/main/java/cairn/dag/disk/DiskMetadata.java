package cairn.dag.disk;

import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsSymlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Gives what was written the mode and the modification time that the DAG holds. Where it holds
/// none, the system's defaults (umask, now) stay.
///
/// Of a mode only the nine permissions are taken: set-id bits from a stranger's DAG would hand out
/// the user's rights.
final class DiskMetadata {
    private DiskMetadata() {}

    static void apply(UnixFsNode node, Path path) throws IOException {
        boolean link = node instanceof UnixFsSymlink;
        if (node.mode().isPresent() && !link) {
            var view =
                    Files.getFileAttributeView(
                            path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null) view.setPermissions(permissions(node));
        }
        if (node.mtime().isPresent()) {
            FileTime time = FileTime.from(node.mtime().get().toInstant());
            Files.getFileAttributeView(
                            path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        }
    }

    static Set<PosixFilePermission> permissions(UnixFsNode node) {
        int mode = node.mode().orElseThrow();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++)
            if ((mode >> (all.length - 1 - i) & 1) != 0) permissions.add(all[i]);
        return permissions;
    }
}
