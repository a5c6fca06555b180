package cairn.dag.chunker;

import java.util.Random;
import java.io.IOException;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "size-1",
                "size-1000",
                "size-100000",
                "rabin-16-17-18",
                "rabin-100-1000-5000",
                "rabin-30000",
                "buzhash"
            })
    void how_much_a_read_gives_changes_no_chunk(String spec) throws IOException {
        byte[] data = bytes(1_500_000);
        List<Integer> expected = lengths(spec, data, Integer.MAX_VALUE);

        for (int most : new int[] {1_000, 65_536, 1 << 20})
            assertThat(lengths(spec, data, most)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_071, 131_072, 131_073, 524_287, 524_288, 524_289})
    void chunks_put_together_are_the_data(int length) throws IOException {
        byte[] data = bytes(length);
        for (String spec : List.of("size-4096", "rabin", "buzhash")) {
            List<byte[]> chunks = chunks(spec, data, 10_000);
            int at = 0;
            for (byte[] chunk : chunks) {
                assertThat(chunk).isNotEmpty();
                assertThat(Arrays.equals(data, at, at + chunk.length, chunk, 0, chunk.length))
                        .isTrue();
                at += chunk.length;
            }
            assertThat(at).isEqualTo(length);
        }
    }

    @Test
    void rabin_cuts_where_the_remainder_of_the_last_16_bytes_has_its_low_bits_zero()
            throws IOException {
        BigInteger polynomial = BigInteger.valueOf(17437180132763653L);
        byte[] data = bytes(60_000);
        int min = 64;
        int max = 2048;
        int mask = 255; // 2^8 is the largest power of two up to the average of 300

        List<Integer> expected = new ArrayList<>();
        for (int start = 0; start < data.length; ) {
            int length = Math.min(min, data.length - start);
            while (start + length < data.length
                    && length < max
                    && (remainder(data, start + length - 16, polynomial) & mask) != 0) length++;
            expected.add(length);
            start += length;
        }

        assertThat(lengths("rabin-64-300-2048", data, 4096)).isEqualTo(expected);
    }

    /// The bytes as a polynomial over GF(2), divided bit by bit.
    private static long remainder(byte[] data, int from, BigInteger polynomial) {
        byte[] window = new byte[17];
        System.arraycopy(data, from, window, 1, 16);
        BigInteger rest = new BigInteger(1, window);
        while (rest.bitLength() >= polynomial.bitLength())
            rest = rest.xor(polynomial.shiftLeft(rest.bitLength() - polynomial.bitLength()));
        return rest.longValueExact();
    }

    @Test
    void data_without_a_cut_makes_the_longest_chunks() throws IOException {
        // All windows are equal, and of this byte they are no cut.
        byte[] ones = new byte[100_000];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(lengths("rabin-16-1024-9000", ones, 100_000))
                .startsWith(9000, 9000)
                .allMatch(length -> length <= 9000);
    }

    @Test
    void an_insertion_moves_few_cuts() throws IOException {
        byte[] data = bytes(4 << 20);
        byte[] longer = new byte[data.length + 1];
        System.arraycopy(data, 0, longer, 1, data.length);
        longer[0] = (byte) new Random(0).nextInt();
        for (String spec : List.of("rabin-10000", "buzhash")) {
            List<Integer> before = lengths(spec, data, 1 << 20);
            List<Integer> after = lengths(spec, longer, 1 << 20);
            assertThat(after.subList(after.size() - 3, after.size()))
                    .isEqualTo(before.subList(before.size() - 3, before.size()));
        }
    }

    private static List<Integer> lengths(String spec, byte[] data, int most) throws IOException {
        return chunks(spec, data, most).stream().map(chunk -> chunk.length).toList();
    }

    private static List<byte[]> chunks(String spec, byte[] data, int most) throws IOException {
        int[] at = {0};
        ByteInput in =
                (into, offset, length) -> {
                    if (at[0] == data.length) return -1;
                    int read = Math.min(Math.min(most, length), data.length - at[0]);
                    System.arraycopy(data, at[0], into, offset, read);
                    at[0] += read;
                    return read;
                };
        Chunker chunker = new Chunker(ChunkerSpec.parse(spec), in);
        List<byte[]> chunks = new ArrayList<>();
        for (byte[] chunk = chunker.next(); chunk != null; chunk = chunker.next())
            chunks.add(chunk);
        return chunks;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
