package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidTextTest {
    private static final String V0 = "QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN";
    private static final String V1 = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @Test
    void texts_are_those_of_kubo() throws Exception {
        for (List<String> row : Tables.own("cid.tsv").toList()) {
            Cid cid = Cid.of(HexFormat.of().parseHex(row.get(0)));
            Multibase base = Multibase.named(row.get(1)).orElseThrow();

            assertThat(cid.toString(base)).isEqualTo(row.get(2));
            assertThat(Cid.parse(row.get(2))).isEqualTo(cid);
            assertThat(cid.hash().digestSize()).hasToString(row.get(5));
        }
    }

    /// What Kubo takes and we don't, each with its reason.
    private static final Set<String> STRICTER =
            Set.of(
                    "z" + V0, // the specification: no multibase prefix before a CIDv0
                    V1 + "\r", // white space is no character of base32
                    V1.substring(0, 58) + "Z", // bits past the end: a typo in the last character
                    V1.substring(0, 58) + "f",
                    V1.substring(0, 58) + "h");

    @Test
    void what_kubo_refuses_is_refused_and_little_else() {
        for (List<String> row : Tables.own("not-cid.tsv").toList()) {
            String text = row.get(0).translateEscapes();
            boolean identityTooLong = text.startsWith("f0155008101");
            boolean v0InBase16 = text.startsWith("f1220");
            boolean accepted =
                    row.get(1).equals("accepted")
                            && !STRICTER.contains(text)
                            && !identityTooLong
                            && !v0InBase16;
            assertThat(parses(text)).as(text).isEqualTo(accepted);
        }
    }

    private static boolean parses(String text) {
        try {
            return Cid.parse(text) != null;
        } catch (MalformedException e) {
            return false;
        }
    }

    @Test
    void names_of_the_codec_fixtures_are_read_and_written_the_same() throws Exception {
        try (Stream<Path> files = Files.walk(Tables.vectors("codec-fixtures/fixtures"))) {
            List<String> names =
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("."))
                            .map(name -> name.substring(0, name.lastIndexOf('.')))
                            .toList();
            assertThat(names).hasSizeGreaterThan(100);
            for (String name : names) assertThat(Cid.parse(name)).hasToString(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                       | an empty text is no CID",
                "Q                        | a CID that begins with Q has 46 characters; this one has 1",
                "QmZULkCELmmk5XNfCgTnCyFg | a CID that begins with Qm has 46 characters; this one has 24",
                "QmZULkCELmmk0XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN | character '0' at position 13 is not"
                        + " of base58btc (it has no 0, O, I and l)",
                "qmzulkcelmmk5xnfcgtncyfgavxbrbxydhggmvolflixen | character 'q' at position 1 names no"
                        + " base; CIDs that begin with Qm keep upper and lower case",
                "zQmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN | CIDv0 has no multibase prefix:"
                        + " leave the 'z' at position 1 away",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n51 | character '1' at"
                        + " position 59 is not of base32 (it has no 0, 1, 8 and 9)",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5f | the last character"
                        + " 'f', at position 59, has bits past the end of the bytes",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n | multihash digest is cut"
                        + " short: 31 of 32 bytes",
                "/ipfs/bafk               | character '/' at position 1 names no base",
                "f0255                    | CID version 2 is unknown",
                "f01550001aabb            | 1 bytes after the CID",
                "f8100550000              | varint is not minimal",
            })
    void a_typo_is_told_with_its_place(String text, String message) {
        assertThatThrownBy(() -> Cid.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void a_text_longer_than_any_cid_is_refused_unread() {
        assertThatThrownBy(() -> Cid.parse("b".repeat(Cid.MAX_TEXT_CHARS + 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("a text of 1194 characters is no CID; the longest has 1193");
    }

    @Test
    void the_longest_cid_fits_its_limits_in_every_base() throws IOException {
        Cid longest =
                Cid.v1(
                        new Multicodec(Long.MAX_VALUE),
                        Multihash.of(new Multicodec(Long.MAX_VALUE), new byte[128]));
        assertThat(longest.size()).isEqualTo(Cid.MAX_BYTES);
        for (Multibase base : Multibase.values()) {
            String text = longest.toString(base);
            assertThat(text.length()).isLessThanOrEqualTo(Cid.MAX_TEXT_CHARS);
            assertThat(Cid.parse(text)).isEqualTo(longest);
        }
    }

    @Test
    void version_0_has_one_text() throws Exception {
        assertThat(Cid.parse(V0).toString(Multibase.BASE58_BTC)).isEqualTo(V0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cid.parse(V0).toString(Multibase.BASE32))
                .withMessage("CIDv0 is always base58btc, not base32");
    }

    @Test
    void a_number_without_a_name_is_a_cid_all_the_same() throws Exception {
        Cid cid = Cid.parse("f01f0ffff01f7ee010100");
        assertThat(cid.codec().code()).isEqualTo(0x3ffff0);
        assertThat(cid.toString(Multibase.BASE16)).isEqualTo("f01f0ffff01f7ee010100");
    }
}
