package cairn.blockstore.database;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionOptionsUniversal;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.EnvOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RateLimiter;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksObject;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.util.StdErrLogger;

/// The settings of RocksDB, with the reasons for them. Owns the native objects that it makes: one
/// for each opening.
public final class Tuning implements AutoCloseable {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    /// One cache for all families, index and filter blocks included: most of the memory.
    private static final long CACHE_BYTES = 16 * MIB;

    private static final int CACHE_SHARD_BITS = 3;

    /// The part of the cache that index and filter blocks keep when data passes through it.
    private static final double INDEX_SHARE = 0.6;

    /// All memtables together; reached, the largest is flushed.
    private static final long MEMTABLE_BYTES = 24 * MIB;

    private static final long MANIFEST_BYTES = 64 << 10;

    /// Bounds what an opening after a kill has to replay.
    private static final long LOG_BYTES = 16 * MIB;

    /// Bounds file handles and the memory of open tables.
    private static final int OPEN_FILES = 128;

    private static final double BLOOM_BITS_A_KEY = 10;

    /// No bound at all, in bytes a second.
    public static final long UNLIMITED = 1L << 40;

    private final Deque<RocksObject> owned = new ArrayDeque<>();
    private final Cache cache;
    private final RateLimiter rewriting;

    public Tuning() {
        RocksDB.loadLibrary();
        cache = own(new LRUCache(CACHE_BYTES, CACHE_SHARD_BITS, false, INDEX_SHARE));
        rewriting = own(new RateLimiter(UNLIMITED));
    }

    private <T extends RocksObject> T own(T object) {
        owned.push(object);
        return object;
    }

    /// Settings of the whole database.
    ///
    /// @param keepLogs leave replayed logs as they are instead of flushing them
    public DBOptions database(boolean keepLogs) {
        DBOptions options = own(new DBOptions());
        // Nobody reads a log file of a store; errors come as exceptions.
        options.setLogger(own(new StdErrLogger(InfoLogLevel.FATAL_LEVEL)));
        return options.setCreateIfMissing(true)
                .setRateLimiter(rewriting)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setMaxOpenFiles(OPEN_FILES)
                // Few files are opened at once; sixteen threads cost more than they save.
                .setMaxFileOpeningThreads(1)
                .setDbWriteBufferSize(MEMTABLE_BYTES)
                .setMaxTotalWalSize(LOG_BYTES)
                // Room that is reserved for a log is what the last bytes of a full disk are needed
                // for by others.
                .setAllowFAllocate(false)
                // Of RocksDB's 4 MiB most is never used; on a full disk they decide whether it
                // opens.
                .setManifestPreallocationSize(MANIFEST_BYTES)
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(MIB)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                // Opening costs the same for any number of files.
                .setSkipStatsUpdateOnDbOpen(true)
                .setAvoidFlushDuringRecovery(keepLogs)
                // A tail that was never synced may be incomplete. Any other damage is an error: the
                // modes that pass it over lose what was acknowledged, without a word.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
    }

    /// Bounds what flushes and compactions write in a second. Flushes go first.
    void limitRewriting(long bytesPerSecond) {
        rewriting.setBytesPerSecond(bytesPerSecond);
    }

    /// Short values under random keys, looked up one by one; most look-ups miss.
    public ColumnFamilyOptions index() {
        return family(8 * MIB)
                .setTargetFileSizeBase(16 * MIB)
                .setMaxBytesForLevelBase(64 * MIB)
                .setLevelCompactionDynamicLevelBytes(true)
                .setMemtablePrefixBloomSizeRatio(0.05)
                .setMemtableWholeKeyFiltering(true)
                .setTableFormatConfig(
                        table(4 * KIB)
                                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_A_KEY, false)))
                                .setIndexType(IndexType.kTwoLevelIndexSearch)
                                .setPartitionFilters(true)
                                .setPinTopLevelIndexAndFilter(true)
                                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                                .setDataBlockHashTableUtilRatio(0.75));
    }

    /// Whole files come by ingestion and lie in the last level, in order; only deletions pass
    /// through the memtable.
    public ColumnFamilyOptions blocks() {
        return family(2 * MIB)
                .setTargetFileSizeBase(64 * MIB)
                .setLevelCompactionDynamicLevelBytes(true)
                // Each file's index stays with it, at most 100 KB: reads of large blocks go past
                // the cache, and would read it anew each time.
                .setTableFormatConfig(table(16 * KIB).setCacheIndexAndFilterBlocks(false));
    }

    /// Blocks that came through the log. Universal compaction merges the many small files of short
    /// runs with others of their size, where levels would move them down unmerged.
    public ColumnFamilyOptions loose() {
        CompactionOptionsUniversal universal = own(new CompactionOptionsUniversal());
        return family(8 * MIB)
                .setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setCompactionOptionsUniversal(universal.setAllowTrivialMove(false))
                .setTableFormatConfig(table(16 * KIB));
    }

    /// A handful of short values, among them sums, which are changed by merges.
    public ColumnFamilyOptions meta() {
        return small().setMergeOperator(own(new UInt64AddOperator()));
    }

    /// Few and short values.
    public ColumnFamilyOptions small() {
        return family(MIB).setTableFormatConfig(table(4 * KIB));
    }

    /// The settings under which bulk files are written: those of the family that takes them in.
    public Options bulk() {
        return own(new Options(own(new DBOptions()), blocks()));
    }

    /// Lets the disk begin early, so that the sync at the end of a file is short.
    public EnvOptions bulkFile() {
        return own(new EnvOptions()).setBytesPerSync(8 * MIB);
    }

    private ColumnFamilyOptions family(long writeBufferBytes) {
        return own(new ColumnFamilyOptions())
                .setWriteBufferSize(writeBufferBytes)
                .setMaxWriteBufferNumber(3)
                // Hashes and most files are incompressible.
                .setCompressionType(CompressionType.NO_COMPRESSION);
    }

    private BlockBasedTableConfig table(long blockBytes) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(blockBytes)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true);
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) owned.pop().close();
    }
}
