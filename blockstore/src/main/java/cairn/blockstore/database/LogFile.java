package cairn.blockstore.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A file in the format that RocksDB's logs and lists of tables have: blocks of 32 KiB, in which
/// lie the fragments of records, each behind 4 bytes of checksum, 2 of length and one of type, all
/// little-endian. Source: RocksDB wiki, "Write Ahead Log File Format".
///
/// A file that ends within a record is no damage: its writer was killed, or still writes.
final class LogFile {
    private static final int BLOCK = 32 << 10;
    private static final int HEADER = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    /// So many bytes of each record are shown to the visitor.
    private static final int HEAD = 256;

    private final Visitor visitor;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private boolean inRecord;
    private String damage;

    private LogFile(Visitor visitor) {
        this.visitor = visitor;
    }

    /// What is called with each record that is there from its first byte to its last.
    @FunctionalInterface
    interface Visitor {
        /// @param head the first bytes of the record, at most 256; valid during the call
        void record(ByteBuffer head) throws IOException;
    }

    /// Visits the records of a file.
    ///
    /// @return the first damage, and where it is
    static Optional<String> read(Path file, Visitor visitor) throws IOException {
        if (Files.isDirectory(file)) return Optional.of("it is a folder");
        LogFile log = new LogFile(visitor);
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; fill(channel, block); at += BLOCK) log.block(block, at);
        }
        return Optional.ofNullable(log.damage);
    }

    /// Reads the next block, or what there is of it.
    ///
    /// @return whether there is anything
    private static boolean fill(FileChannel channel, ByteBuffer block) throws IOException {
        block.clear();
        while (block.hasRemaining()) if (channel.read(block) < 0) break;
        block.flip();
        return block.hasRemaining();
    }

    private void block(ByteBuffer block, long at) throws IOException {
        boolean last = block.limit() < BLOCK;
        while (block.remaining() >= HEADER) {
            int start = block.position();
            int checksum = block.getInt();
            int length = Short.toUnsignedInt(block.getShort());
            int type = Byte.toUnsignedInt(block.get());
            if (type == 0 && length == 0) return; // room that was reserved and never written
            if (length > block.remaining()) {
                if (!last) damaged(at + start, "a length that is too large");
                return;
            }
            ByteBuffer payload = block.slice(block.position(), length);
            crc.reset();
            crc.update(block.slice(start + HEADER - 1, length + 1));
            if (masked((int) crc.getValue()) != checksum) {
                damaged(at + start, "a wrong checksum");
                return;
            }
            block.position(block.position() + length);
            fragment(type, payload, at + start);
        }
    }

    /// Checksums are stored rotated and with a number added, as data may hold checksums itself.
    private static int masked(int crc) {
        return Integer.rotateRight(crc, 15) + 0xa282ead8;
    }

    private void fragment(int type, ByteBuffer payload, long at) throws IOException {
        switch (type) {
            case FULL, FIRST -> {
                if (inRecord) damaged(at, "the rest of a record is missing");
                head.clear();
                inRecord = true;
            }
            case MIDDLE, LAST -> {
                if (!inRecord) damaged(at, "the start of a record is missing");
            }
            default -> {
                return; // of newer kinds, which hold no changes
            }
        }
        if (!inRecord) return;
        head.put(payload.slice(0, Math.min(payload.remaining(), head.remaining())));
        if (type == MIDDLE || type == FIRST) return;
        inRecord = false;
        head.flip();
        visitor.record(head);
    }

    private void damaged(long at, String what) {
        inRecord = false;
        if (damage == null) damage = "byte " + at + ": " + what;
    }
}
