package cairn.blockstore.rocks;

import cairn.blockstore.StoreException;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Failures;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.TableFile;
import cairn.blockstore.database.Tables;
import cairn.multiformats.Hashes;
import cairn.multiformats.MalformedException;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// A reading of all block records in the order in which they lie, by as many threads as there are
/// processors, each of them a file at a time. What can't be read is passed over; nothing is said of
/// it but the file's name.
final class RecordScan {
    private static final long READ_AHEAD = 2 << 20;
    private static final Pattern TABLE = Pattern.compile("([^/\\s]+\\.sst)");

    /// A part of a family's numbers, `[first, end)` as unsigned ones.
    private record Span(boolean loose, long first, long end) {}

    /// What was met in a span. A span that is read again, as files were replaced, counts once.
    private static final class Tally {
        long bytes;
        long unnamed;
        long unchecked;
    }

    private final Database database;
    private final Hashes hashes;
    private final NumberSet whole;
    private final Verification.Listener listener;
    private final AtomicLong blocks = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong unnamed = new AtomicLong();
    private final AtomicLong unchecked = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Set<String> unreadable = new HashSet<>(); // guarded by listener

    /// @param whole takes the numbers of records that are whole and that the index names
    RecordScan(Database database, Hashes hashes, NumberSet whole, Verification.Listener listener) {
        this.database = database;
        this.hashes = hashes;
        this.whole = whole;
        this.listener = listener;
    }

    /// How many records are whole and named.
    long whole() {
        return found.get();
    }

    /// The bytes of all blocks that were read.
    long bytes() {
        return bytes.get();
    }

    long unnamed() {
        return unnamed.get();
    }

    long unchecked() {
        return unchecked.get();
    }

    void run() throws IOException {
        List<Span> spans = database.run("list files", RecordScan::spans);
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++)
            threads.add(
                    Thread.ofPlatform()
                            .name("blockstore-verify-" + i)
                            .daemon()
                            .start(() -> work(spans, next)));
        boolean interrupted = false;
        for (Thread thread : threads)
            while (thread.isAlive())
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, new StoreException("the check was interrupted"));
                }
        if (interrupted) Thread.currentThread().interrupt();
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
    }

    /// The numbers, cut where files begin. What is in memory lies after the last file, or within.
    private static List<Span> spans(Tables tables) throws RocksDBException {
        List<Span> spans = new ArrayList<>();
        cut(spans, false, TableFile.list(tables, tables.blocks()), 0, Long.MAX_VALUE);
        cut(spans, true, TableFile.list(tables, tables.loose()), IndexRecord.FIRST_LOOSE, -1);
        return spans;
    }

    private static void cut(
            List<Span> spans, boolean loose, List<TableFile> files, long first, long last) {
        TreeSet<Long> cuts = new TreeSet<>(List.of(first));
        for (TableFile file : files) cuts.add(file.first());
        for (long cut : cuts) {
            Long next = cuts.higher(cut);
            spans.add(new Span(loose, cut, next == null ? last : next));
        }
    }

    private void work(List<Span> spans, AtomicInteger next) {
        byte[] buffer = new byte[BlockRecord.MAX_BYTES];
        try {
            for (int i; failure.get() == null && (i = next.getAndIncrement()) < spans.size(); ) {
                Span span = spans.get(i);
                Tally tally = database.run("read blocks", tables -> scan(tables, span, buffer));
                bytes.addAndGet(tally.bytes);
                unnamed.addAndGet(tally.unnamed);
                unchecked.addAndGet(tally.unchecked);
            }
        } catch (IOException | RuntimeException e) { // ends only this thread: run rethrows it
            failure.compareAndSet(null, e);
        }
    }

    /// After what can't be read, looks for what can with ever longer steps; what they pass over
    /// that could have been read is looked at alone later.
    private Tally scan(Tables tables, Span span, byte[] buffer)
            throws IOException, RocksDBException {
        Tally tally = new Tally();
        ColumnFamilyHandle family = span.loose ? tables.loose() : tables.blocks();
        try (ReadOptions options =
                        new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD);
                RocksIterator i = tables.db().newIterator(family, options)) {
            long at = span.first;
            for (long step = 1; at < span.end; step *= 2) {
                i.seek(IndexRecord.key(at));
                while (i.isValid() && failure.get() == null) {
                    long number = ByteBuffer.wrap(i.key()).getLong();
                    if (number >= span.end) return tally;
                    look(tables, number, buffer, i.value(buffer), tally);
                    at = number + 1;
                    step = 1;
                    i.next();
                }
                if (failure.get() != null || isReadToItsEnd(i)) return tally;
                at = span.end - at > step ? at + step : span.end;
            }
            return tally;
        }
    }

    /// Whether an iterator ended because there is no more.
    private boolean isReadToItsEnd(RocksIterator i) throws IOException {
        try {
            i.status();
            return true;
        } catch (RocksDBException e) {
            if (!Failures.isDamage(e)) throw Failures.translate("read blocks", database.dir(), e);
            Matcher file = TABLE.matcher(String.valueOf(e.getMessage()));
            synchronized (listener) {
                // A file that a writer beside has replaced isn't damaged.
                if (!Failures.isVanishedFile(e) && file.find() && unreadable.add(file.group(1)))
                    listener.unreadable(file.group(1), e.getMessage());
            }
            return false;
        }
    }

    private void look(Tables tables, long number, byte[] buffer, int size, Tally tally)
            throws IOException, RocksDBException {
        BlockRecord record;
        try {
            record = BlockRecord.decode(buffer, size);
            if (!hashes.matches(record.hash(), buffer, record.length())) return;
        } catch (MalformedException e) {
            return; // what the index says of this number is looked at alone
        } catch (UnknownHashException e) {
            tally.unchecked++;
            return;
        }
        tally.bytes += record.length();
        IndexRecord named = database.find(tables, record.hash());
        if (named == null || named.number() != number || named.length() != record.length())
            tally.unnamed++;
        else if (whole.add(number)) found.incrementAndGet();
        long read = blocks.incrementAndGet();
        synchronized (listener) {
            listener.read(read, bytes.get() + tally.bytes);
        }
    }
}
