package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MulticodecTest {
    @Test
    void the_constants_have_the_names_of_the_registry() {
        assertThat(Multicodec.IDENTITY).hasToString("identity");
        assertThat(Multicodec.SHA1).hasToString("sha1");
        assertThat(Multicodec.SHA2_256).hasToString("sha2-256");
        assertThat(Multicodec.SHA2_512).hasToString("sha2-512");
        assertThat(Multicodec.MURMUR3_X64_64).hasToString("murmur3-x64-64");
        assertThat(Multicodec.RAW).hasToString("raw");
        assertThat(Multicodec.DAG_PB).hasToString("dag-pb");
        assertThat(Multicodec.DAG_CBOR).hasToString("dag-cbor");
        assertThat(Multicodec.LIBP2P_KEY).hasToString("libp2p-key");
        assertThat(Multicodec.DAG_JSON).hasToString("dag-json");
    }

    @Test
    void a_number_without_a_name_is_shown_as_a_number() {
        Multicodec unknown = new Multicodec(0x3ffff0);
        assertThat(unknown.name()).isEmpty();
        assertThat(unknown).hasToString("0x3ffff0");
        assertThat(Multicodec.named("no-such-codec")).isEmpty();
        assertThat(Multicodec.named("0x55")).isEmpty();
    }

    @Test
    void codecs_of_blocks_and_functions_of_hashes_are_told_apart_in_the_order_of_numbers() {
        assertThat(Multicodec.ofBlocks())
                .hasSizeGreaterThan(35)
                .contains(Multicodec.RAW, Multicodec.DAG_PB, Multicodec.LIBP2P_KEY)
                .doesNotContain(Multicodec.SHA2_256, new Multicodec(0x50)) // protobuf
                .isSortedAccordingTo(Comparator.comparingLong(Multicodec::code));
        assertThat(Multicodec.ofHashes())
                .contains(Multicodec.IDENTITY, Multicodec.SHA1, Multicodec.MURMUR3_X64_64)
                .doesNotContain(Multicodec.RAW)
                .isSortedAccordingTo(Comparator.comparingLong(Multicodec::code));
    }

    @Test
    void functions_for_new_blocks_are_those_that_kubo_lists() {
        List<String> rows =
                Multicodec.ofHashes().stream()
                        .filter(Hashes::isAllowed)
                        .map(code -> code.code() + "\t" + code)
                        .toList();
        assertThat(rows)
                .isEqualTo(
                        Tables.own("hashes-allowed.tsv")
                                .map(row -> String.join("\t", row))
                                .toList());
    }

    @Test
    void a_number_is_never_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Multicodec(-1));
    }

    @Test
    void numbers_that_agree_in_their_low_bits_differ() {
        assertThat(Multicodec.of(0x1_0000_0070L)).isNotEqualTo(Multicodec.DAG_PB);
        assertThat(Multicodec.of(0x1_0000_0070L).code()).isEqualTo(0x1_0000_0070L);
    }

    @Test
    void names_and_numbers_are_those_of_the_registry() {
        Map<String, Long> registry = new HashMap<>();
        for (List<String> row : Tables.official("multicodec/table.csv").toList())
            if (row.size() > 2) registry.put(row.get(0), Long.decode(row.get(2)));

        int found = 0;
        for (Map.Entry<String, Long> entry : registry.entrySet()) {
            var code = Multicodec.named(entry.getKey());
            if (code.isEmpty()) continue; // newer than the peer whose names we have
            assertThat(code.get().code()).as(entry.getKey()).isEqualTo(entry.getValue());
            assertThat(code.get().name()).contains(entry.getKey());
            found++;
        }
        assertThat(found).isGreaterThan(590);
    }
}
