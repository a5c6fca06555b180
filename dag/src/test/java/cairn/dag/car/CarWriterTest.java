package cairn.dag.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.MemoryDag;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarWriterTest {
    static Block block(int size) {
        return Block.hashed(
                1,
                Multicodec.RAW,
                Cars.HASHES.find(Multicodec.SHA2_256).orElseThrow(),
                MemoryDag.content(size));
    }

    @Test
    void the_header_is_the_one_canonical_form() throws IOException {
        byte[] kubo = Cars.kubo("one-block");
        List<Block> blocks = Cars.read(kubo);
        assertThat(Cars.write(List.of(blocks.getFirst().cid()), blocks)).isEqualTo(kubo);
        assertThat(Cars.write(List.of(), List.of()))
                .isEqualTo(new CarHeaderBytes().map(2).text("roots").raw(0x80).version1());
    }

    /// Around what fits into the writer's buffer of 256 KiB beside a header and a CID, and none.
    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                200,
                262_080,
                262_090,
                262_100,
                262_143,
                262_144,
                262_145,
                Block.MAX_BYTES
            })
    void what_is_written_is_read_again(int size) throws IOException {
        List<Block> blocks = List.of(block(size), block(3), block(size), block(size));
        byte[] archive = Cars.write(List.of(blocks.getFirst().cid()), blocks);
        assertThat(Cars.read(archive)).isEqualTo(blocks);
    }

    /// At each count CBOR tells the length in more bytes.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 255, 256, 20_000})
    void any_number_of_roots_is_read_again(int count) throws IOException {
        List<Cid> roots = IntStream.range(0, count).mapToObj(i -> block(i % 300).cid()).toList();
        byte[] archive = Cars.write(roots, List.of());
        assertThat(CarReader.open(Cars.channel(archive)).roots()).isEqualTo(roots);
    }

    @Test
    void more_roots_than_a_header_holds_are_refused() {
        List<Cid> roots = Collections.nCopies(30_000, block(1).cid());
        assertThatThrownBy(() -> Cars.write(roots, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30000 roots");
    }

    @Test
    void a_channel_that_takes_little_at_a_time_gets_all() throws IOException {
        Trickle out = new Trickle();
        List<Block> blocks = List.of(block(500_000), block(10));
        CarWriter writer = new CarWriter(out, List.of());
        for (Block block : blocks) writer.put(block);
        writer.finish();
        assertThat(Cars.read(out.bytes.toByteArray())).isEqualTo(blocks);
        assertThat(writer.bytes()).isEqualTo(out.bytes.size());
    }

    private static final class Trickle implements WritableByteChannel {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public int write(ByteBuffer from) {
            int count = Math.min(1000, from.remaining());
            for (int i = 0; i < count; i++) bytes.write(from.get());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing to give back.
        }
    }

    /// A header spelled by hand.
    private static final class CarHeaderBytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        CarHeaderBytes map(int entries) {
            return raw(0xa0 + entries);
        }

        CarHeaderBytes text(String text) {
            raw(0x60 + text.length());
            for (char c : text.toCharArray()) raw(c);
            return this;
        }

        CarHeaderBytes raw(int b) {
            out.write(b);
            return this;
        }

        byte[] version1() {
            text("version").raw(1);
            byte[] header = out.toByteArray();
            out.reset();
            raw(header.length);
            out.writeBytes(header);
            return out.toByteArray();
        }
    }
}
