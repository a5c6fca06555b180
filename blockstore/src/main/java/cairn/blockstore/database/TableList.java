package cairn.blockstore.database;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// RocksDB's list of tables (its MANIFEST), as far as it is looked at here: a file in the format of
/// logs, whose records are lists of tagged fields. Source: RocksDB wiki, "MANIFEST".
final class TableList {
    /// What the file CURRENT may have: the name of the list.
    private static final int MAX_CURRENT_BYTES = 64;

    private static final int COMPARATOR = 1;
    private static final int LOG_NUMBER = 2;
    private static final int NEXT_FILE_NUMBER = 3;
    private static final int LAST_CHANGE = 4;
    private static final int PREVIOUS_LOG_NUMBER = 9;
    private static final int MIN_LOG_TO_KEEP = 10;
    private static final int MAX_FAMILY = 203;
    private static final int DATABASE_ID = 300;

    /// Of 7 bits each.
    private static final int MAX_VARINT_SHIFT = 63;

    private TableList() {}

    /// The number of the last change of which the list knows: all up to it had been made when it
    /// was written. Empty when the list can't be read.
    static OptionalLong changes(Path dir) throws IOException {
        Path current = dir.resolve("CURRENT");
        if (Files.notExists(current) || Files.size(current) > MAX_CURRENT_BYTES)
            return OptionalLong.empty();
        String name = Files.readString(current, StandardCharsets.ISO_8859_1).strip();
        if (!name.matches("MANIFEST-\\d{1,20}")) return OptionalLong.empty();
        Path list = dir.resolve(name);
        if (Files.notExists(list)) return OptionalLong.empty();
        long[] last = {-1};
        boolean damaged =
                LogFile.read(list, edit -> last[0] = Math.max(last[0], lastChange(edit)))
                        .isPresent();
        return damaged || last[0] < 0 ? OptionalLong.empty() : OptionalLong.of(last[0]);
    }

    /// The field in one record, or -1. It comes before all that isn't known here.
    static long lastChange(ByteBuffer edit) {
        try {
            while (edit.hasRemaining())
                switch ((int) varint(edit)) {
                    case LAST_CHANGE -> {
                        return varint(edit);
                    }
                    case LOG_NUMBER,
                            NEXT_FILE_NUMBER,
                            PREVIOUS_LOG_NUMBER,
                            MIN_LOG_TO_KEEP,
                            MAX_FAMILY ->
                            varint(edit);
                    case COMPARATOR, DATABASE_ID -> skip(edit, varint(edit));
                    default -> {
                        return -1;
                    }
                }
            return -1;
        } catch (BufferUnderflowException e) {
            return -1;
        }
    }

    private static void skip(ByteBuffer edit, long bytes) {
        if (bytes < 0 || bytes > edit.remaining()) throw new BufferUnderflowException();
        edit.position(edit.position() + (int) bytes);
    }

    /// Without the rule of the shortest form, which RocksDB doesn't have.
    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
        throw new BufferUnderflowException();
    }
}
