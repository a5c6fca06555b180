package cairn.blockstore;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multihash;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Looks up single records of the index.
final class Index {
    private Index() {}

    /// Where a block lies; null when it is not here.
    static IndexRecord find(Database database, Tables tables, Multihash hash)
            throws RocksDBException, MalformedException {
        byte[] record = new byte[IndexRecord.BYTES];
        int found = tables.db().get(tables.index(), database.cached(), hash.bytes(), record);
        if (found == RocksDB.NOT_FOUND) return null;
        if (found != record.length)
            throw new MalformedException("index record of " + hash + " has " + found + " bytes");
        return IndexRecord.decode(record);
    }
}
