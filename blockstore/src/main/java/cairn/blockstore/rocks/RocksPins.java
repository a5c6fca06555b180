package cairn.blockstore.rocks;

import cairn.blockstore.Pin;
import cairn.blockstore.Pins;
import cairn.blockstore.StoreException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.PinRecord;
import cairn.blockstore.database.Tables;

import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// The pins in RocksDB.
final class RocksPins implements Pins {
    /// How many pins [#forEach] holds at a time.
    private static final int PAGE = 1024;

    private final Database database;

    /// Null for a store that is open for reading only.
    private final Leases leases;

    RocksPins(Database database, Leases leases) {
        this.database = database;
        this.leases = leases;
    }

    @Override
    public void add(List<Pin> pins) throws IOException {
        checkWritable();
        String what = "add " + pins.size() + " pins";
        add(what, List.of(), pins);
    }

    private void add(String what, List<Cid> removed, List<Pin> pins) throws IOException {
        database.run(
                what,
                tables -> leases.pinning(tables, pins, t -> write(database, t, removed, pins)));
    }

    /// Refuses a direct pin that would take the place of a recursive one.
    static void checkReplaced(Database database, Tables tables, Pin pin)
            throws RocksDBException, IOException {
        if (pin.mode() == Pin.Mode.DIRECT
                && get(database, tables, pin.cid())
                        .filter(there -> there.mode() == Pin.Mode.RECURSIVE)
                        .isPresent())
            throw new StoreException("pin: " + pin.cid() + " already pinned recursively");
    }

    @Override
    public void remove(List<Cid> cids) throws IOException {
        checkWritable();
        String what = "remove " + cids.size() + " pins";
        database.run(
                what,
                tables ->
                        leases.pinning(
                                tables, List.of(), t -> write(database, t, cids, List.of())));
    }

    @Override
    public void replace(List<Cid> removed, Pin pin) throws IOException {
        checkWritable();
        String what = "replace pins by that of " + pin.cid();
        add(what, removed, List.of(pin));
    }

    /// Removes pins, then records others, in one step that is synced on return.
    static Void write(Database database, Tables tables, List<Cid> removed, List<Pin> added)
            throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Cid cid : removed) batch.delete(tables.pins(), cid.bytes());
            for (Pin pin : added)
                batch.put(tables.pins(), pin.cid().bytes(), PinRecord.encode(pin));
            tables.db().write(database.synced(), batch);
        }
        return null;
    }

    private void checkWritable() throws StoreException {
        if (database.isReadOnly())
            throw new StoreException(database.dir() + " is open for reading only");
    }

    @Override
    public Optional<Pin> get(Cid cid) throws IOException {
        return database.run("look up the pin of " + cid, tables -> get(database, tables, cid));
    }

    static Optional<Pin> get(Database database, Tables tables, Cid cid)
            throws RocksDBException, IOException {
        byte[] record = tables.db().get(tables.pins(), database.cached(), cid.bytes());
        return record == null ? Optional.empty() : Optional.of(PinRecord.decode(cid, record));
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        byte[] after = new byte[0];
        while (true) {
            byte[] from = after;
            List<Pin> page =
                    database.run(
                            "list pins",
                            tables -> {
                                List<Pin> pins = new ArrayList<>();
                                try (RocksIterator i =
                                        tables.db().newIterator(tables.pins(), database.cached())) {
                                    for (i.seek(Arrays.copyOf(from, from.length + 1));
                                            i.isValid() && pins.size() < PAGE;
                                            i.next())
                                        pins.add(PinRecord.decode(Cid.of(i.key()), i.value()));
                                    i.status();
                                }
                                return pins;
                            });
            for (Pin pin : page) if (!visitor.visit(pin)) return;
            if (page.size() < PAGE) return;
            after = page.getLast().cid().bytes();
        }
    }
}
