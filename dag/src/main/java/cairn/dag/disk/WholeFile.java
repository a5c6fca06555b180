package cairn.dag.disk;

import cairn.dag.exporter.UnixFsNode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A single file made of a node, such as an archive. It is written aside, brought to the disk
/// itself, and then takes its name, in place of a file or symbolic link that has it.
///
/// It starts anew each time: what a killed run left aside is replaced.
public final class WholeFile {
    private final Placement place;
    private final UnixFsNode node;

    /// Writes the bytes.
    @FunctionalInterface
    public interface Body {
        /// @param out is closed by the caller
        void writeTo(OutputStream out) throws IOException;
    }

    /// @throws DiskException when the target can't be a file
    public WholeFile(UnixFsNode node, Path target) throws IOException {
        this.node = node;
        place = Placement.at(target.toAbsolutePath().normalize(), node.cid());
        place.checkFile();
    }

    /// Writes the file.
    ///
    /// @param smaller whether the file may take less than the node declares, as a compressed one
    /// @throws DiskException when the node declares more bytes than the disk has free, unless it
    ///   may be smaller; or when another run writes the same there
    public void write(boolean smaller, Body body) throws IOException {
        try (AsideLock _ = AsideLock.take(place.lock(), place.target())) {
            removeOld();
            if (!smaller) FreeSpace.check(node, place.aside());
            boolean whole = false;
            try {
                writeAside(body);
                place.finish();
                place.syncFolder();
                whole = true;
            } finally {
                if (!whole) Files.deleteIfExists(place.aside());
            }
        }
    }

    private void removeOld() throws IOException {
        try {
            Files.deleteIfExists(place.aside());
        } catch (DirectoryNotEmptyException e) {
            throw new DiskException(
                    DiskNames.shown(place.aside())
                            + " is in the way of a file; remove it and try again",
                    e);
        }
    }

    private void writeAside(Body body) throws IOException {
        try (FileChannel file =
                FileChannel.open(
                        place.aside(),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            body.writeTo(Channels.newOutputStream(file));
            file.force(true);
        }
    }
}
