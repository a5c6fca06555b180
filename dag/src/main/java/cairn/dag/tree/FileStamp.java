package cairn.dag.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// What must be the same about a file before and after it is read: which file it is, its size and
/// its modification time.
///
/// @param key the device and inode; null where the file system has none
public record FileStamp(Object key, long size, FileTime modified) {
    public static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(
                attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }

    public static FileStamp of(Path path, LinkOption... links) throws IOException {
        return of(Files.readAttributes(path, BasicFileAttributes.class, links));
    }
}
