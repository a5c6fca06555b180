package cairn.bench.micro;

import cairn.hashes.ExtraHashes;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multihash;
import cairn.multiformats.UnknownHashException;
import cairn.testkit.Keystream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Naming one block: the time to make the multihash of its bytes, on one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashBenchmark {
    @Param({"sha2-256", "blake3"})
    String function;

    @Param({"1024", "262144", "1048576"})
    int size;

    private HashFunction hash;
    private byte[] bytes;

    @Setup
    public void setUp() throws UnknownHashException {
        hash = Hashes.jdk().with(ExtraHashes.all()).forNewBlocks(function);
        bytes = Keystream.chacha20("hash").bytes(0, size);
    }

    @Benchmark
    public Multihash hash() {
        return hash.hash(bytes, 0, bytes.length);
    }
}
