package cairn.bench.micro;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One block of a store of 64 MiB, in the page cache, in the order in which they were written: its
/// bytes, whether it is there, and whether one is there that isn't.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreReadBenchmark {
    private static final int BYTES = 64 << 20;

    @Param({"1048576", "1024"})
    int blockBytes;

    private StoreState store;
    private List<Cid> there;
    private List<Cid> absent;
    private int next;

    @Setup(Level.Trial)
    public void open() throws IOException {
        store = new StoreState(blockBytes);
        List<Block> blocks = store.make(BYTES / blockBytes);
        store.put(blocks);
        there = blocks.stream().map(Block::cid).toList();
        absent = store.make(BYTES / blockBytes).stream().map(Block::cid).toList();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        store.close();
    }

    @Benchmark
    public Optional<Block> get() throws IOException {
        return store.blocks().get(next(there));
    }

    @Benchmark
    public boolean has() throws IOException {
        return store.blocks().has(next(there).hash());
    }

    @Benchmark
    public boolean hasNot() throws IOException {
        return store.blocks().has(next(absent).hash());
    }

    private Cid next(List<Cid> cids) {
        next = (next + 1) % cids.size();
        return cids.get(next);
    }
}
