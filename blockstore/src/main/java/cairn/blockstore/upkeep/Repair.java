package cairn.blockstore.upkeep;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.WriteSession;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Failures;
import cairn.blockstore.database.TableReader;
import cairn.blockstore.rocks.RocksStore;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The making of a whole store from what can be read of a damaged one. The index is made anew from
/// the blocks. The damaged store is left as it is.
///
/// All blocks are hashed, and those whose bytes aren't what their names say are left behind. Tables
/// of blocks that are whole, which is most of a store, are shared with the damaged one by hard
/// links and not copied; blocks of others are put anew.
public final class Repair {
    /// Pins that are added at a time.
    private static final int PINS = 1000;

    private final Path from;
    private final Path to;
    private final Listener listener;
    private final Damages damages = new Damages();
    private final List<Path> copied = new ArrayList<>();
    private long done;

    private Repair(Path from, Path to, Listener listener) {
        this.from = from;
        this.to = to;
        this.listener = listener;
    }

    /// What is told while it runs.
    public interface Listener {
        /// So many tables of so many were looked at.
        void looked(long tables, long of) throws IOException;

        /// A block was lost: the old index names it, and it can't be found.
        void lost(Multihash hash) throws IOException;
    }

    /// What came of it.
    ///
    /// @param blocks in the new store
    /// @param pins in the new store
    /// @param lost blocks that the old index names and that are gone; less than 0 when it couldn't
    ///   be read, so that nobody knows
    /// @param exact whether the pins are exactly those that there were. If not, some may be
    ///   missing, and some back that had been removed
    /// @param damages what was found to be damaged, and why
    /// @param needless whether the store is as good as the new one: nothing in it is damaged
    public record Report(
            long blocks,
            long pins,
            long lost,
            boolean exact,
            Map<String, String> damages,
            boolean needless) {}

    /// Makes a store.
    ///
    /// @param from the folder of a store that nobody writes to
    /// @param to a folder that isn't there yet; all of it is on disk on return
    /// @param scratch another, which is left for the caller to remove
    /// @param hashes the functions that can check blocks
    public static Report run(Path from, Path to, Path scratch, Hashes hashes, Listener listener)
            throws IOException {
        try {
            return new Repair(from, to, listener).run(scratch, hashes);
        } catch (IOException e) {
            throw Failures.translate("repair the store", from, e);
        }
    }

    private Report run(Path scratch, Hashes hashes) throws IOException {
        RocksStore.createFolder(to);
        try (DamagedStore old = new DamagedStore(from, scratch, hashes, damages)) {
            takeTables(old);
            // Opening indexes what was taken.
            try (RocksStore store = RocksStore.open(to)) {
                putRest(old, store);
                long[] pins = {0};
                boolean exact = addPins(old, store, pins);
                long lost = lost(old, store);
                long count = store.count();
                Map<String, String> found = Map.copyOf(damages.all());
                boolean needless = found.isEmpty() && exact && lost == 0 && counts(from, count);
                return new Report(count, pins[0], lost, exact, found, needless);
            }
        }
    }

    /// Whether a store can be opened, and says that it has so many blocks.
    private static boolean counts(Path store, long blocks) {
        try (RocksStore open = RocksStore.openReadOnly(store)) {
            return open.count() == blocks;
        } catch (IOException e) {
            return false; // that it can't be opened is why it is repaired
        }
    }

    /// Takes over the tables of blocks that are whole.
    private void takeTables(DamagedStore old) throws IOException {
        var files = old.files();
        try (Database database = Database.open(to)) {
            for (Path file : files) {
                if (isWhole(old, file)) take(database, file);
                listener.looked(++done, files.size());
            }
        }
    }

    /// Whether a table holds blocks, and can be taken as it is. One that holds blocks and can't is
    /// to be copied.
    private boolean isWhole(DamagedStore old, Path file) throws IOException {
        try (TableReader table = new TableReader(file)) {
            if (!table.family().equals("blocks")) return false;
            if (table.isExternal() && holdsWholeBlocks(old, table)) return true;
            copied.add(file);
            return false;
        } catch (StoreException e) {
            damages.add(file, String.valueOf(e.getMessage()));
            copied.add(file);
            return false;
        }
    }

    /// Whether all blocks of a table can be read and have the bytes that their names say. One that
    /// hasn't may have been replaced later, by a good copy in another table.
    private static boolean holdsWholeBlocks(DamagedStore old, TableReader table)
            throws IOException {
        boolean[] whole = {true};
        TableReader.Outcome outcome =
                table.read(
                        (key, value) -> {
                            if (whole[0]) whole[0] = old.block(value).isPresent();
                        });
        return whole[0] && outcome.damage().isEmpty();
    }

    private void take(Database database, Path file) throws IOException {
        Path staged = to.resolve(UUID.randomUUID() + ".sst");
        try {
            Files.createLink(staged, file);
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(file, staged);
        }
        database.ingest(staged);
        Files.deleteIfExists(staged);
    }

    /// Puts the blocks that lie elsewhere.
    private void putRest(DamagedStore old, RocksStore store) throws IOException {
        try (WriteSession session = store.blocks().openSession()) {
            for (Path file : copied) {
                try (TableReader table = new TableReader(file)) {
                    if (!table.family().equals("blocks")) continue;
                    TableReader.Outcome outcome =
                            table.read((key, value) -> old.visit(value, session::put));
                    outcome.damage().ifPresent(damage -> damages.add(file, damage));
                } catch (StoreException e) {
                    damages.add(file, String.valueOf(e.getMessage()));
                }
            }
            old.forEachLoose(session::put);
            session.commit(List.of());
        }
    }

    private static boolean addPins(DamagedStore old, RocksStore store, long[] count)
            throws IOException {
        List<Pin> gathered = new ArrayList<>();
        boolean exact =
                old.forEachPin(
                        pin -> {
                            gathered.add(pin);
                            if (gathered.size() < PINS) return;
                            store.pins().add(gathered);
                            gathered.clear();
                        });
        store.pins().add(gathered);
        store.pins()
                .forEach(
                        pin -> {
                            count[0]++;
                            return true;
                        });
        return exact;
    }

    private long lost(DamagedStore old, RocksStore store) throws IOException {
        long[] lost = {0};
        boolean known =
                old.forEachName(
                        hash -> {
                            if (store.blocks().has(hash)) return;
                            lost[0]++;
                            listener.lost(hash);
                        });
        return known ? lost[0] : -1;
    }
}
