package cairn.blockstore.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;
import org.rocksdb.TableProperties;

/// A file of `blocks` or `loose` that is part of the store now.
///
/// @param name without its folder
/// @param first the least number in it
/// @param last the greatest
/// @param bytes of the block records in it, those included that were deleted since
public record TableFile(String name, long first, long last, long bytes) {
    /// The files of a family that hold more than deletions, by their first numbers.
    public static List<TableFile> list(Tables tables, ColumnFamilyHandle family)
            throws RocksDBException {
        Map<String, TableProperties> properties =
                tables.db().getPropertiesOfAllTables(family).entrySet().stream()
                        .collect(Collectors.toMap(e -> plain(e.getKey()), Map.Entry::getValue));
        String name = new String(family.getName(), StandardCharsets.US_ASCII);
        List<TableFile> files = new ArrayList<>();
        for (LiveFileMetaData file : tables.db().getLiveFilesMetaData()) {
            TableProperties known = properties.get(plain(file.fileName()));
            if (known == null || known.getRawValueSize() == 0) continue;
            if (!name.equals(new String(file.columnFamilyName(), StandardCharsets.US_ASCII)))
                continue;
            files.add(
                    new TableFile(
                            plain(file.fileName()),
                            ByteBuffer.wrap(file.smallestKey()).getLong(),
                            ByteBuffer.wrap(file.largestKey()).getLong(),
                            known.getRawValueSize()));
        }
        files.sort(Comparator.comparingLong(TableFile::first));
        return files;
    }

    private static String plain(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
