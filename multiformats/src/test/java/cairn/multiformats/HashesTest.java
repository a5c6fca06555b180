package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashesTest {
    private static final Hashes HASHES = Hashes.jdk();

    @Test
    void multihashes_are_those_of_kubo() throws Exception {
        int checked = 0;
        for (List<String> row : Tables.own("hashes.tsv").toList()) {
            Multihash wanted = Multihash.of(HexFormat.of().parseHex(row.get(2)));
            if (HASHES.find(wanted.function()).isEmpty()) continue; // of another module
            byte[] bytes = new byte[Integer.parseInt(row.get(1))];
            for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i % 251);

            HashFunction function = HASHES.forNewBlocks(row.get(0));
            assertThat(function.code()).isEqualTo(wanted.function());
            assertThat(HASHES.matches(wanted, bytes)).as(row.toString()).isTrue();
            if (wanted.digestSize() == function.usualDigestSize())
                assertThat(function.hash(bytes, 0, bytes.length)).isEqualTo(wanted);
            byte[] other = Arrays.copyOf(bytes, bytes.length + 1);
            assertThat(HASHES.matches(wanted, other)).isFalse();
            checked++;
        }
        assertThat(checked).isGreaterThan(90);
    }

    @Test
    void digests_are_those_of_the_official_vectors() throws Exception {
        for (List<String> row : Tables.official("multihash/test_cases.csv").toList()) {
            // The input is the text itself, not the bytes that it spells in hexadecimal.
            byte[] input = row.get(2).getBytes(StandardCharsets.US_ASCII);
            Multihash wanted = Multihash.of(HexFormat.of().parseHex(row.get(3)));
            HashFunction function = HASHES.find(wanted.function()).orElseThrow();
            int size = Integer.parseInt(row.get(1)) / 8;
            assertThat(function.digest(input, 0, input.length, size)).isEqualTo(wanted.digest());
        }
    }

    @Test
    void a_range_is_hashed_and_nothing_around_it() {
        byte[] bytes = new byte[3000];
        byte[] padded = new byte[4000];
        Arrays.fill(padded, (byte) 9);
        System.arraycopy(bytes, 0, padded, 500, 3000);
        for (HashFunction f : HASHES.all()) {
            int length = f.code().equals(Multicodec.IDENTITY) ? 128 : 3000;
            assertThat(f.digest(padded, 500, length)).isEqualTo(f.digest(bytes, 0, length));
        }
    }

    @Test
    void each_function_has_digests_of_the_size_it_says() {
        for (HashFunction f : HASHES.all()) {
            assertThat(f.digest(new byte[128], 0, 128)).as(f.toString()).hasSize(f.digestSize());
            assertThat(f.minDigestSize()).isLessThanOrEqualTo(f.usualDigestSize());
            assertThat(f.code().name()).isPresent();
        }
    }

    @Test
    void many_threads_may_use_one_function() {
        HashFunction f = HASHES.find(Multicodec.SHA2_256).orElseThrow();
        byte[] bytes = new byte[1024];
        byte[] wanted = f.digest(bytes, 0, bytes.length);
        assertThat(LongStream.range(0, 20_000).parallel().boxed())
                .allMatch(i -> Arrays.equals(f.digest(bytes, 0, bytes.length), wanted));
    }

    @Test
    void identity_is_compared_whole() throws Exception {
        Multihash two = Multihash.of(Multicodec.IDENTITY, new byte[] {1, 2});
        assertThat(HASHES.matches(two, new byte[] {1, 2})).isTrue();
        assertThat(HASHES.matches(two, new byte[] {1, 2, 3})).isFalse();
        assertThat(HASHES.matches(two, new byte[] {1})).isFalse();
        assertThat(HASHES.matches(two, new byte[2000])).isFalse();
    }

    @Test
    void identity_holds_128_bytes() {
        HashFunction identity = HASHES.find(Multicodec.IDENTITY).orElseThrow();
        assertThat(identity.hash(new byte[128], 0, 128).digestSize()).isEqualTo(128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> identity.hash(new byte[129], 0, 129))
                .withMessage("identity holds at most 128 bytes, not 129");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> identity.digest(new byte[8], 0, 8, 4));
    }

    /// 20 is the shortest cut; one less, none, and one more than the whole.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 33, 128})
    void a_digest_of_a_length_the_function_has_not_cannot_be_checked(int size) {
        Multihash hash = Multihash.of(Multicodec.SHA2_256, new byte[size]);
        assertThatThrownBy(() -> HASHES.matches(hash, new byte[5]))
                .isInstanceOf(UnknownHashException.class)
                .hasMessage("a digest of " + size + " bytes by sha2-256, which has 20 to 32");
    }

    @Test
    void an_unknown_function_cannot_be_checked() {
        assertThatThrownBy(
                        () ->
                                HASHES.matches(
                                        Multihash.of(new Multicodec(0xb220), new byte[32]),
                                        new byte[0]))
                .isInstanceOf(UnknownHashException.class)
                .hasMessage("hash function blake2b-256 is unknown");
    }

    @ParameterizedTest
    @CsvSource({"sha2-256,18", "SHA2-512,19", "sha3,20", "sha1,17", "identity,0", "shake-256,25"})
    void functions_for_new_blocks_have_the_names_of_kubo(String name, long code) throws Exception {
        assertThat(HASHES.forNewBlocks(name).code().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "murmur3-x64-64", "shake-128", "sha2-384", "blake2b-152", "raw"})
    void functions_that_peers_refuse_are_not_for_new_blocks(String name) {
        assertThatThrownBy(() -> HASHES.forNewBlocks(name))
                .isInstanceOf(UnknownHashException.class)
                .hasMessage(
                        "'%s' is not a hash function for new blocks: peers refuse what it names;"
                                + " use sha2-256, sha2-512, sha3-256, blake2b-256 or blake3",
                        name);
    }

    @Test
    void a_name_of_no_function_is_told() {
        assertThatThrownBy(() -> HASHES.forNewBlocks("sha256"))
                .isInstanceOf(UnknownHashException.class)
                .hasMessageStartingWith("there is no hash function 'sha256'; use sha2-256,");
    }

    @Test
    void functions_allowed_are_those_that_kubo_lists() {
        List<Long> kubo =
                Tables.own("hashes-allowed.tsv").map(row -> Long.valueOf(row.get(0))).toList();
        Stream<Long> ours =
                LongStream.range(0, 1 << 17)
                        .filter(code -> Hashes.isAllowed(new Multicodec(code)))
                        .boxed();
        assertThat(ours).containsExactlyElementsOf(kubo);
    }
}
