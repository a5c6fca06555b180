package cairn.dag.codec;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.DagException;
import cairn.dag.MemoryDag;
import cairn.dag.codec.Codec.Mode;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Any bytes are a value or a [MalformedException], in each codec. What is read is written in one
/// form, which reads strictly and is written the same again; what is strict is tolerant; links are
/// those of the value.
class CodecFuzzTest {
    @FuzzTest
    void dagCbor(byte[] bytes) throws IOException {
        check(Codec.DAG_CBOR, bytes);
    }

    @FuzzTest
    void cbor(byte[] bytes) throws IOException {
        check(Codec.CBOR, bytes);
    }

    @FuzzTest
    void dagJson(byte[] bytes) throws IOException {
        check(Codec.DAG_JSON, bytes);
    }

    @FuzzTest
    void json(byte[] bytes) throws IOException {
        check(Codec.JSON, bytes);
    }

    @FuzzTest
    void dagPb(byte[] bytes) throws IOException {
        check(Codec.DAG_PB, bytes);
    }

    private static void check(Codec codec, byte[] bytes) throws IOException {
        Optional<Value> strict = read(codec, bytes, Mode.STRICT);
        Optional<Value> tolerant = read(codec, bytes, Mode.TOLERANT);
        if (strict.isPresent()) assertThat(tolerant).isEqualTo(strict);
        if (tolerant.isEmpty()) {
            if (bytes.length <= Block.MAX_BYTES) tryLinks(codec, bytes);
            return;
        }
        Value value = tolerant.get();
        List<Cid> held = new ArrayList<>();
        CodecFixturesTest.collect(value, held);
        assertThat(links(codec, bytes)).isEqualTo(Links.isLeaf(codec.code()) ? List.of() : held);
        if (codec == Codec.DAG_PB && strict.isEmpty()) {
            encode(codec, value);
            return;
        }
        byte[] written = codec.encode(value);
        // JSON has -0 for the float, which reads as the integer 0: it settles once read again.
        if (codec == Codec.DAG_JSON || codec == Codec.JSON)
            written = codec.encode(codec.decode(ByteBuffer.wrap(written), Mode.TOLERANT));
        Value again = codec.decode(ByteBuffer.wrap(written), Mode.TOLERANT);
        assertThat(codec.encode(again)).isEqualTo(written);
        if (strict.isPresent() && codec != Codec.DAG_JSON)
            assertThat(read(codec, written, Mode.STRICT)).isPresent();
        for (Codec other : Codec.values()) encode(other, value);
    }

    private static void encode(Codec codec, Value value) throws MalformedException {
        byte[] written;
        try {
            written = codec.encode(value);
        } catch (DagException _) {
            return;
        }
        codec.decode(ByteBuffer.wrap(written), Mode.TOLERANT);
    }

    private static Optional<Value> read(Codec codec, byte[] bytes, Mode mode) {
        try {
            return Optional.of(codec.decode(ByteBuffer.wrap(bytes), mode));
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }

    private static void tryLinks(Codec codec, byte[] bytes) throws IOException {
        try {
            links(codec, bytes);
        } catch (DagException _) {
            return;
        }
    }

    private static List<Cid> links(Codec codec, byte[] bytes) throws IOException {
        List<Cid> links = new ArrayList<>();
        Block block =
                Block.hashed(
                        1,
                        codec.code(),
                        MemoryDag.HASHES.find(Multicodec.SHA2_256).orElseThrow(),
                        bytes);
        Links.forEach(
                block,
                (cid, path) -> {
                    assertThat(path.segments()).hasSizeLessThanOrEqualTo(JsonDecoder.MAX_BRACES);
                    links.add(cid);
                });
        return links;
    }
}
