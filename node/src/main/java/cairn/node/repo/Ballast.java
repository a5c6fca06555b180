package cairn.node.repo;

import cairn.blockstore.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/// A file that holds room on the disk which nobody else can take. On a disk that is full to the
/// last byte it is given up, so that the repo can be opened for writing and cleaned from inside.
/// For who has the lock of the repo.
///
/// @param file where it is
public record Ballast(Path file) {
    /// A store that is opened and collected on a full disk writes a manifest, a log and its options
    /// before it gives anything back, and some 100 bytes for each block that goes.
    public static final int BYTES = 8 << 20;

    /// Made where the disk has so much, so that what was given up for a collection isn't taken from
    /// the next.
    private static final long ENOUGH = 2L * BYTES;

    /// Written again and again; file systems that compress can't make it smaller.
    private static final int PIECE = 1 << 20;

    /// Opens something.
    @FunctionalInterface
    public interface Opening<T> {
        T open() throws IOException;
    }

    /// Opens what takes some room; where there is little, in place of the ballast.
    ///
    /// @throws DiskFullException which says what to do, when there isn't enough even so
    public <T> T opening(Path repo, Opening<T> opening) throws IOException {
        if (free() < BYTES) Files.deleteIfExists(file);
        try {
            return opening.open();
        } catch (DiskFullException e) {
            if (!Files.deleteIfExists(file)) throw full(repo, e);
        }
        try {
            return opening.open();
        } catch (DiskFullException e) {
            throw full(repo, e);
        }
    }

    private static DiskFullException full(Path repo, DiskFullException e) {
        return new DiskFullException(
                "the disk of the repo "
                        + repo
                        + " is full, and changing the repo takes a little room, even to delete:"
                        + " delete or move "
                        + (BYTES >> 20)
                        + " MB of other files on that disk, then run \"cairn repo gc\". All that was"
                        + " stored is there and can be read",
                e);
    }

    /// Makes it, where it isn't there and the disk has room. Where there is none, it is made by a
    /// later call.
    ///
    /// @return whether it is there now
    public boolean keep() throws IOException {
        if (Files.exists(file) && Files.size(file) == BYTES) return true;
        Files.deleteIfExists(file);
        if (free() < ENOUGH) return false;
        boolean made = false;
        try {
            made = write();
        } finally {
            if (!made) Files.deleteIfExists(file);
        }
        return made;
    }

    private long free() throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
    }

    /// Not synced: a ballast that a power cut takes is made again.
    private boolean write() throws IOException {
        byte[] piece = new byte[PIECE];
        new SplittableRandom(0).nextBytes(piece);
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int written = 0; written < BYTES; ) {
                ByteBuffer next = ByteBuffer.wrap(piece, 0, Math.min(PIECE, BYTES - written));
                written += out.write(next);
            }
            return true;
        } catch (IOException e) {
            return false; // there was too little room
        }
    }
}
