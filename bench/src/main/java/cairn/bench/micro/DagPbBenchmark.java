package cairn.bench.micro;

import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.testkit.Keystream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A node of 1024 links, as the root of a file of 1 GiB has: to bytes and back.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DagPbBenchmark {
    private static final int LINKS = 1024;
    private static final int DIGEST = 32;
    private static final int DATA = 4096;

    private PbNode node;
    private byte[] bytes;

    @Setup
    public void setUp() {
        Keystream stream = Keystream.chacha20("dag-pb");
        List<PbLink> links = new ArrayList<>();
        for (int i = 0; i < LINKS; i++) {
            byte[] digest = stream.bytes((long) i * DIGEST, DIGEST);
            Cid cid = Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.SHA2_256, digest));
            links.add(new PbLink(cid, LinkName.EMPTY, 1 << 20));
        }
        node = PbNode.of(links, ByteBuffer.wrap(stream.bytes(0, DATA)));
        bytes = node.encode();
    }

    @Benchmark
    public byte[] encode() {
        return node.encode();
    }

    @Benchmark
    public PbNode decode() throws MalformedException {
        return PbNode.decode(ByteBuffer.wrap(bytes));
    }
}
