package cairn.bench.micro;

import cairn.dag.LinkName;
import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.ImportOptions;
import cairn.dag.tree.ImportSource;
import cairn.dag.importer.Imported;
import cairn.dag.importer.Importer;
import cairn.dag.importer.Profile;
import cairn.dag.tree.TreeOptions;
import cairn.multiformats.Hashes;
import cairn.testkit.Keystream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
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

/// An import of 64 MiB from memory, with a hash that is free and a sink that forgets: what chunking
/// costs, and all around it but hashing and storing.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChunkerBenchmark {
    private static final int SIZE = 64 << 20;

    @Param({"size-1048576", "size-262144", "rabin", "buzhash"})
    String chunker;

    private ImportOptions options;
    private Hashes hashes;
    private byte[] bytes;

    @Setup
    public void setUp() {
        options =
                ImportOptions.builder(Profile.UNIXFS_V1_2025)
                        .chunker(ChunkerSpec.parse(chunker))
                        .build();
        hashes = Hashes.of(List.of(new FreeHash()));
        bytes = Keystream.chacha20("chunker").bytes(0, SIZE);
    }

    @Benchmark
    public Imported chunk64MiB() throws IOException, InterruptedException {
        try (Importer importer =
                new Importer(
                        options, TreeOptions.DEFAULT, hashes, block -> {}, ImportListener.NONE)) {
            return importer.importOne(
                    ImportSource.stream(LinkName.EMPTY, new ByteArrayInputStream(bytes)));
        }
    }
}
