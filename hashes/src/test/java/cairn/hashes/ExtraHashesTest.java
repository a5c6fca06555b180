package cairn.hashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.UnknownHashException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraHashesTest {
    private static final Hashes HASHES = Hashes.jdk().with(ExtraHashes.all());
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void multihashes_are_those_of_kubo() throws Exception {
        int checked = 0;
        for (String line : Files.readAllLines(above("testdata/multiformats/hashes.tsv"))) {
            if (line.startsWith("#")) continue;
            List<String> row = List.of(line.split("\t", -1));
            Multihash wanted = Multihash.of(HEX.parseHex(row.get(2)));
            byte[] bytes = counting(Integer.parseInt(row.get(1)));

            HashFunction function = HASHES.forNewBlocks(row.get(0));
            assertThat(function.code()).isEqualTo(wanted.function());
            assertThat(HASHES.matches(wanted, bytes)).as(line).isTrue();
            if (wanted.digestSize() == function.usualDigestSize())
                assertThat(function.hash(bytes, 0, bytes.length)).isEqualTo(wanted);
            byte[] other = Arrays.copyOf(bytes, bytes.length + 1);
            assertThat(HASHES.matches(wanted, other)).isFalse();
            checked++;
        }
        assertThat(checked).isEqualTo(232);
    }

    @Test
    void every_function_that_kubo_allows_is_here() throws Exception {
        for (String line : Files.readAllLines(above("testdata/multiformats/hashes-allowed.tsv"))) {
            if (line.startsWith("#")) continue;
            String[] row = line.split("\t", -1);
            HashFunction function = HASHES.forNewBlocks(row[1]);
            assertThat(function.code().code()).isEqualTo(Long.parseLong(row[0]));
        }
    }

    @Test
    void blake3_is_that_of_the_official_vectors() throws Exception {
        Path file = above("shared/vectors/blake3/test_vectors.json");
        Assumptions.assumeTrue(file != null, "no official vectors in ../shared/vectors");
        Matcher row =
                Pattern.compile("\"input_len\": (\\d+),\\s*\"hash\": \"(\\p{XDigit}+)\"")
                        .matcher(Files.readString(file));
        HashFunction blake3 = HASHES.forNewBlocks("blake3");
        int checked = 0;
        for (; row.find(); checked++) {
            byte[] bytes = counting(Integer.parseInt(row.group(1)));
            byte[] wanted = HEX.parseHex(row.group(2)); // 131 bytes: more than a multihash holds
            for (int size : new int[] {1, 20, 32, 33, 64, 127, 128})
                assertThat(blake3.digest(bytes, 0, bytes.length, size))
                        .isEqualTo(Arrays.copyOf(wanted, size));
        }
        assertThat(checked).isGreaterThan(30);
    }

    /// The digests that the algorithm's own tests give (SMHasher, seed 0), big-endian; those of the
    /// empty input are all zero.
    @ParameterizedTest
    @CsvSource({
        "murmur3-32,'',00000000",
        "murmur3-32,hello,248bfa47",
        "murmur3-32,The quick brown fox jumps over the lazy dog,2e4ff723",
        "murmur3-x64-64,'',0000000000000000",
        "murmur3-x64-64,hello,cbd8a7b341bd9b02",
        "murmur3-x64-64,The quick brown fox jumps over the lazy dog,e34bbc7bbc071b6c",
        "murmur3-x64-128,hello,cbd8a7b341bd9b025b1e906a48ae1d19",
        "murmur3-x64-128,The quick brown fox jumps over the lazy dog,"
                + "e34bbc7bbc071b6c7a433ca9c49a9347",
    })
    void murmur3_is_that_of_its_author(String name, String input, String digest) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        assertThat(find(name).digest(bytes, 0, bytes.length)).isEqualTo(HEX.parseHex(digest));
    }

    /// Digests that Kubo names but can't compute. Keccak's come from its authors' test file for the
    /// empty input.
    @ParameterizedTest
    @CsvSource({
        "keccak-224,f71837502ba8e10837bdd8d365adb85591895602fc552b48b7390abd",
        "keccak-384,2c23146a63a29acf99e73b88f8c24eaa7dc60aa771780ccc006afbfa8fe2479b"
                + "2dd2b21362337441ac12b515911957ff",
        "blake2s-128,64550d6ffe2c0a01a14aba1eade0200c",
    })
    void digests_that_kubo_lacks(String name, String digest) {
        assertThat(find(name).digest(new byte[0], 0, 0)).isEqualTo(HEX.parseHex(digest));
    }

    @Test
    void each_function_has_digests_of_the_size_it_says() {
        for (HashFunction f : ExtraHashes.all()) {
            byte[] digest = f.digest(new byte[300], 0, 300);
            assertThat(digest).as(f.toString()).hasSize(f.digestSize());
            assertThat(f.digest(new byte[400], 100, 300)).isEqualTo(digest);
            assertThat(f.minDigestSize()).isEqualTo(Math.min(20, f.digestSize()));
            assertThat(f.code().name()).contains(f.toString());
        }
    }

    @Test
    void blake2_names_carry_the_size_of_the_digest() {
        for (HashFunction f : ExtraHashes.all())
            if (f.toString().startsWith("blake2"))
                assertThat(f.toString()).endsWith("-" + 8 * f.digestSize());
    }

    @Test
    void blake3_of_more_than_a_multihash_holds_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> find("blake3").digest(new byte[0], 0, 0, 129))
                .withMessage("blake3 digests here have at most 128 bytes, not 129");
    }

    @ParameterizedTest
    @ValueSource(strings = {"murmur3-x64-64", "blake2b-8", "blake2b-152", "blake2s-152"})
    void what_is_no_safe_name_is_not_for_new_blocks(String name) {
        assertThatThrownBy(() -> HASHES.forNewBlocks(name))
                .isInstanceOf(UnknownHashException.class)
                .hasMessageContaining("is not a hash function for new blocks");
    }

    /// A class loader that has the two modules and no library stands for not loading any.
    @Test
    void listing_them_loads_no_library() throws Exception {
        URL[] modules = {location(ExtraHashes.class), location(Hashes.class)};
        try (var loader = new URLClassLoader(modules, ClassLoader.getPlatformClassLoader())) {
            Object all =
                    loader.loadClass(ExtraHashes.class.getName()).getMethod("all").invoke(null);
            assertThat((Collection<?>) all).hasSize(ExtraHashes.all().size());
            assertThat(ExtraHashes.all()).hasSize(4 + 1 + 64 + 32 + 3);
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static HashFunction find(String name) {
        return Multicodec.named(name).flatMap(HASHES::find).orElseThrow();
    }

    private static byte[] counting(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) (i % 251);
        return bytes;
    }

    /// A file in a folder above the module's; null where there is none.
    private static Path above(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent())
            if (Files.exists(at.resolve(name))) return at.resolve(name);
        return null;
    }
}
