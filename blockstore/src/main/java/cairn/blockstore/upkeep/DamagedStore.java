package cairn.blockstore.upkeep;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.LogChain;
import cairn.blockstore.database.PinRecord;
import cairn.blockstore.database.TableReader;
import cairn.blockstore.database.Tables;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What can be read of a store that is damaged. Nothing in its folder is changed.
///
/// As long as RocksDB's list of tables can be read, so can whatever part of the store isn't damaged
/// itself. Without it, or where a table of a family is gone, all tables that lie in the folder are
/// read one by one, and the logs are replayed into an empty store: all is there, but what was
/// deleted may be there again.
final class DamagedStore implements AutoCloseable {
    /// Logs get numbers of their own in the empty store, above those that it has given out.
    private static final long FIRST_LOG = 1_000_000;

    private final Path dir;
    private final Path scratch;
    private final Hashes hashes;
    private final Damages damages;
    private final boolean logsAreWhole;

    /// Null when the list of tables can't be read.
    private final Tables tables;

    /// The logs alone; opened when they are needed.
    private Tables logs;

    /// @param scratch a folder for copies of logs, which isn't there yet
    /// @param hashes the functions that can check blocks
    DamagedStore(Path dir, Path scratch, Hashes hashes, Damages damages) throws IOException {
        this.dir = dir;
        this.scratch = scratch;
        this.hashes = hashes;
        this.damages = damages;
        var damagedLogs = LogChain.damages(dir);
        damagedLogs.forEach(damages::add);
        logsAreWhole = damagedLogs.isEmpty() && !Tables.logs(dir).isEmpty();
        if (Tables.logs(dir).isEmpty()) damages.add("the log", "it is gone");
        tables = open(dir);
    }

    private Tables open(Path folder) throws IOException {
        try {
            return Tables.openDamaged(folder);
        } catch (StoreException e) {
            damages.add("the list of tables", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// What is called with each block.
    @FunctionalInterface
    interface Blocks {
        void block(Block block) throws IOException;
    }

    /// What is called with each pin.
    @FunctionalInterface
    interface PinVisitor {
        void pin(Pin pin) throws IOException;
    }

    /// What is called with each multihash.
    @FunctionalInterface
    interface Names {
        void name(Multihash hash) throws IOException;
    }

    /// The tables: those that the store consists of, or all that there are; the oldest first.
    Set<Path> files() throws IOException {
        Set<Path> files =
                new TreeSet<>(
                        Comparator.comparingInt((Path file) -> file.toString().length())
                                .thenComparing(Comparator.naturalOrder()));
        if (tables != null) for (String name : tables.fileNames()) files.add(dir.resolve(name));
        else
            try (DirectoryStream<Path> all = Files.newDirectoryStream(dir, "*.sst")) {
                for (Path file : all) files.add(file);
            }
        return files;
    }

    /// Visits the blocks that came through the log.
    void forEachLoose(Blocks visitor) throws IOException {
        read("loose", (key, value) -> visit(value, visitor));
    }

    /// Passes on the block in a record, when it is whole.
    void visit(byte[] value, Blocks visitor) throws IOException {
        Optional<Block> block = block(value);
        if (block.isPresent()) visitor.block(block.get());
    }

    /// The block in a record; empty when its bytes aren't what its name says, as far as that can be
    /// told.
    Optional<Block> block(byte[] value) {
        try {
            BlockRecord record = BlockRecord.decode(value);
            byte[] bytes = Arrays.copyOf(value, record.length());
            return isWhole(record.hash(), bytes)
                    ? Optional.of(Block.stored(Cid.v1(Multicodec.RAW, record.hash()), bytes))
                    : Optional.empty();
        } catch (MalformedException e) {
            damages.add("a block record", e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isWhole(Multihash hash, byte[] bytes) {
        try {
            return hashes.matches(hash, bytes);
        } catch (UnknownHashException e) {
            return true;
        }
    }

    /// Visits the pins.
    ///
    /// @return whether they are exactly those that there were
    boolean forEachPin(PinVisitor visitor) throws IOException {
        return read(
                "pins",
                (key, value) -> {
                    Pin pin;
                    try {
                        pin = PinRecord.decode(Cid.of(key), value);
                    } catch (MalformedException e) {
                        damages.add("a pin", e.getMessage());
                        return;
                    }
                    visitor.pin(pin);
                });
    }

    /// Visits the names of all blocks that the index has.
    ///
    /// @return whether the index could be read; if not, nothing is to be made of those
    boolean forEachName(Names visitor) throws IOException {
        return tables != null
                && TableReader.read(
                                tables, "index", (key, value) -> visitor.name(Multihash.of(key)))
                        .damage()
                        .isEmpty();
    }

    private boolean read(String name, TableReader.Visitor visitor) throws IOException {
        if (tables != null) {
            Optional<String> damage = TableReader.read(tables, name, visitor).damage();
            if (damage.isEmpty()) return logsAreWhole;
        }
        for (Path file : files())
            try (TableReader table = new TableReader(file)) {
                if (!table.family().equals(name)) continue;
                TableReader.Outcome outcome = table.read(visitor);
                outcome.damage().ifPresent(damage -> damages.add(file, damage));
            } catch (StoreException e) {
                damages.add(file, String.valueOf(e.getMessage()));
            }
        Tables replayed = logs();
        TableReader.read(replayed, name, visitor)
                .damage()
                .ifPresent(damage -> damages.add("the logs", damage));
        return false;
    }

    private Tables logs() throws IOException {
        if (logs != null) return logs;
        Files.createDirectory(scratch);
        Database.open(scratch).close();
        for (Path log : Tables.logs(dir)) {
            String name = log.getFileName().toString();
            if (!name.matches("\\d{1,12}\\.log") || Files.isDirectory(log)) continue;
            long number = Long.parseLong(name.substring(0, name.length() - 4));
            Files.copy(log, scratch.resolve("%07d.log".formatted(FIRST_LOG + number)));
        }
        logs = open(scratch);
        if (logs == null)
            throw new StoreException("cannot read the logs in " + dir + ", not even from a copy");
        return logs;
    }

    @Override
    public void close() {
        if (tables != null) tables.close();
        if (logs != null) logs.close();
    }
}
