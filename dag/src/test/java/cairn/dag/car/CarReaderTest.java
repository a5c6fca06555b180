package cairn.dag.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CarReaderTest {
    private static final String LEAF =
            "bafkreibkndny6zoinx5lkrvbgzq27y5ni6y5plc5oxkaspnwe4gm5iohc4";

    /// What Kubo takes and this reader refuses, and the other way round; the reasons are in
    /// `docs/decisions/0013-what-is-a-car.md`.
    private static final Map<String, String> UNLIKE_KUBO =
            Map.of(
                    "header-key-twice", "refused",
                    "header-long-integer", "refused",
                    "header-long-length", "refused",
                    "header-trailing-byte", "refused",
                    "header-tag-43", "refused",
                    "v2-payload-longer-than-file", "refused",
                    "block-of-unknown-codec", "1 9",
                    "block-of-malformed-dag-pb", "1 2");

    @TestFactory
    List<DynamicTest> reads_and_refuses_what_kubo_does() throws IOException {
        return Cars.kubo().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)))
                .toList();
    }

    private static void check(Cars.Row row) throws IOException {
        String expected = UNLIKE_KUBO.getOrDefault(row.name(), row.told());
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> Cars.read(row.archive())).isInstanceOf(CarException.class);
            return;
        }
        List<Block> blocks = Cars.read(row.archive());
        int bytes = blocks.stream().mapToInt(Block::size).sum();
        assertThat(blocks.size() + " " + bytes).isEqualTo(expected);
    }

    @Test
    void roots_are_those_of_the_header_in_its_order() throws IOException {
        assertThat(CarReader.open(Cars.channel(Cars.kubo("two-roots"))).roots())
                .containsExactly(Cid.parse(LEAF), Cid.parse(LEAF));
        assertThat(CarReader.open(Cars.channel(Cars.kubo("header-roots-null"))).roots()).isEmpty();
        assertThat(CarReader.open(Cars.channel(Cars.kubo("v2"))).version()).isEqualTo(2);
    }

    @Test
    void every_archive_that_is_cut_short_is_refused_unless_it_ends_between_sections()
            throws IOException {
        byte[] whole = Cars.kubo("block-twice");
        int head = Cars.kubo("no-sections").length;
        int section = (whole.length - head) / 2;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length >= head && (length - head) % section == 0)
                assertThat(Cars.read(cut)).hasSize((length - head) / section);
            else
                assertThatThrownBy(() -> Cars.read(cut))
                        .as("%s of %s bytes", length, whole.length)
                        .isInstanceOf(CarException.class);
        }
    }

    @Test
    void every_version_2_that_is_cut_short_is_refused() throws IOException {
        byte[] whole = Cars.kubo("v2-padding");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Cars.read(cut)).isInstanceOf(CarException.class);
        }
    }

    @Test
    void a_failure_says_what_is_wrong_and_where() throws IOException {
        int head = Cars.kubo("no-sections").length;
        assertThat(failure("block-corrupt"))
                .hasMessage(
                        "the CAR can't be read at byte "
                                + head
                                + ": "
                                + LEAF
                                + ": the bytes are not those of "
                                + LEAF)
                .returns((long) head, CarException::offset);
        assertThat(failure("section-of-0-bytes-at-the-end"))
                .hasMessageContaining("a section of 0 bytes")
                .returns((long) Cars.kubo("one-block").length, CarException::offset);
        assertThat(failure("section-cut-in-bytes"))
                .hasMessageContaining("a section is cut short: 44 of 45 bytes");
        assertThat(failure("empty"))
                .hasMessageContaining("at byte 0")
                .hasMessageContaining("there is nothing");
        assertThat(failure("v2-payload-in-header")).returns(27L, CarException::offset);
        assertThat(failure("header-version-3")).hasMessageContaining("version 3 is unknown");
    }

    private static CarException failure(String name) throws IOException {
        byte[] archive = Cars.kubo(name);
        return catchThrowableOfType(CarException.class, () -> Cars.read(archive));
    }

    /// A length that is believed would reserve 2 GiB for each.
    @Test
    void lengths_over_the_limits_are_refused_unread() throws IOException {
        byte[] header = {(byte) 0x81, (byte) 0x80, 0x40};
        assertThatThrownBy(() -> Cars.read(header))
                .hasMessageContaining("a header of 1048577 bytes; at most 1048576");
        byte[] good = Cars.kubo("no-sections");
        ByteBuffer section = ByteBuffer.allocate(good.length + 4).put(good);
        section.put(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f});
        assertThatThrownBy(() -> Cars.read(section.array()))
                .hasMessageContaining("a section of 268435455 bytes; at most");
    }

    /// What claims the most that a limit allows and has nothing behind it reserves that much once.
    @Test
    void lengths_within_the_limits_reserve_no_more_than_them() throws IOException {
        byte[] header = {(byte) 0x80, (byte) 0x80, 0x40};
        byte[] good = Cars.kubo("one-block");
        byte[] section = Arrays.copyOf(good, good.length + 3 + 50);
        section[good.length] = (byte) 0x80;
        section[good.length + 1] = (byte) 0x80;
        section[good.length + 2] = 0x7f; // 2 MiB less 16 KiB
        int head = Cars.kubo("no-sections").length;
        System.arraycopy(good, head + 1, section, good.length + 3, 36);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (byte[] archive : List.of(header, section)) {
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThatThrownBy(() -> Cars.read(archive)).hasMessageContaining("cut short");
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
        }
    }

    @Test
    void a_block_of_the_largest_size_is_read_and_one_byte_more_is_refused() throws IOException {
        Block largest = CarWriterTest.block(Block.MAX_BYTES);
        byte[] archive = Cars.write(List.of(), List.of(largest));
        assertThat(Cars.read(archive)).containsExactly(largest);

        int section = Cars.write(List.of(), List.of()).length;
        archive[section]++; // the lowest seven bits of the section's length
        byte[] longer = Arrays.copyOf(archive, archive.length + 1);
        assertThatThrownBy(() -> Cars.read(longer))
                .isInstanceOf(CarException.class)
                .hasMessageContaining("a block of 2097153 bytes");
    }

    /// A pipe gives what it has: a reader that asks for more than a section would wait for ever.
    @Test
    void a_section_is_read_as_soon_as_its_bytes_are_there() throws IOException {
        byte[] archive = Cars.kubo("one-block");
        CarReader reader = CarReader.open(new OnlyAskedFor(archive));
        assertThat(reader.next(Cars.HASHES)).isPresent();
    }

    /// A stream that gives one byte at a time and fails past its end, as if no more came.
    private static final class OnlyAskedFor extends InputStream {
        private final ByteArrayInputStream bytes;

        OnlyAskedFor(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            int next = bytes.read();
            if (next < 0) throw new IllegalStateException("read past what is there");
            return next;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (length == 0) return 0;
            into[from] = (byte) read();
            return 1;
        }
    }

    @Test
    void good_official_archives_are_read_whole() throws IOException {
        assertThat(vector("carv1-basic.car")).hasSize(8);
        assertThat(vector("carv2-basic.car")).hasSize(5);
        assertThat(vector("sample-v1.car")).hasSize(1049);
        assertThat(vector("sample-v2-indexless.car")).hasSize(1049);
        assertThat(vector("sample-unixfs-v2.car")).hasSize(3);
        assertThat(vector("simple-unixfs.car")).hasSize(22);
        assertThat(vector("simple-unixfs-missing-blocks.car")).hasSize(17);
    }

    @Test
    void blocks_and_offsets_are_those_that_the_official_description_tells() throws IOException {
        for (String name : List.of("carv1-basic", "carv2-basic")) {
            String json = Files.readString(Cars.vector(name + ".json"));
            CarReader reader = CarReader.open(Files.newInputStream(Cars.vector(name + ".car")));
            var section = reader.nextSection();
            for (; section.isPresent(); section = reader.nextSection())
                assertThat(json)
                        .contains("\"" + section.get().cid() + "\"")
                        .contains("\"blockLength\": " + section.get().size() + ",")
                        .contains("\"offset\": " + section.get().offset());
            for (Cid root : reader.roots()) assertThat(json).contains("\"" + root + "\"");
        }
    }

    @Test
    void bad_official_archives_are_refused_with_the_place() throws IOException {
        assertThat(vectorFailure("badheaderlength.car")).hasMessageContaining("a header of");
        assertThat(vectorFailure("badsectionlength.car")).hasMessageContaining("a section of");
        assertThat(vectorFailure("sample-corrupt-pragma.car")).hasMessageContaining("cut short");
        assertThat(vectorFailure("sample-rootless-v42.car")).hasMessageContaining("version 42");
        assertThat(vectorFailure("sample-v2-corrupt-data-and-index.car"))
                .hasMessageContaining("the payload's offset is 18446744073709550254");
    }

    @Test
    void blocks_before_the_trouble_are_read() throws IOException {
        List<Block> tail = new ArrayList<>();
        byte[] corrupt = Files.readAllBytes(Cars.vector("sample-v1-tailing-corrupt-section.car"));
        assertThatThrownBy(() -> Cars.readTo(corrupt, tail)).hasMessageContaining("cut short");
        assertThat(tail).hasSize(1048);

        List<Block> zero = new ArrayList<>();
        byte[] zeros = Files.readAllBytes(Cars.vector("sample-v1-with-zero-len-section2.car"));
        assertThatThrownBy(() -> Cars.readTo(zeros, zero)).hasMessageContaining("0 bytes");
        assertThat(zero).isNotEmpty();
    }

    private static List<Block> vector(String name) throws IOException {
        return Cars.read(Files.readAllBytes(Cars.vector(name)));
    }

    private static CarException vectorFailure(String name) throws IOException {
        byte[] archive = Files.readAllBytes(Cars.vector(name));
        return catchThrowableOfType(CarException.class, () -> Cars.read(archive));
    }
}
