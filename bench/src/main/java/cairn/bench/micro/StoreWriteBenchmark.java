package cairn.bench.micro;

import cairn.multiformats.Block;
import java.io.IOException;
import java.util.List;
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

/// A session that stores 64 MiB of new blocks and commits them, synced; hashed beforehand, put by
/// one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class StoreWriteBenchmark {
    private static final int BYTES = 64 << 20;

    @Param({"1048576", "1024"})
    int blockBytes;

    private StoreState store;
    private List<Block> blocks;

    @Setup(Level.Trial)
    public void open() throws IOException {
        store = new StoreState(blockBytes);
    }

    @Setup(Level.Invocation)
    public void make() throws IOException {
        blocks = store.make(BYTES / blockBytes);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        store.close();
    }

    @Benchmark
    public void session64MiB() throws IOException {
        store.put(blocks);
    }
}
