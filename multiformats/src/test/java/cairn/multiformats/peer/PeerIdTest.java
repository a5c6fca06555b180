package cairn.multiformats.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multibase;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.Tables;
import cairn.multiformats.protobuf.ProtoMessage;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void a_key_derives_the_id_that_a_real_peer_derives() throws Exception {
        for (List<String> row : Tables.own("peer-ids.tsv").toList()) {
            byte[] encoded = HEX.parseHex(row.get(1));
            PublicKey key = PublicKey.decode(encoded);
            assertThat(key.type().label()).isEqualTo(row.get(0));
            assertThat(key.encode()).isEqualTo(encoded);
            assertThat(PublicKey.of(key.type(), key.data())).isEqualTo(key);
            PeerId id = key.peerId();
            assertThat(id).hasToString(row.get(2));
            assertThat(id.toCid()).hasToString(row.get(3));
            assertThat(PeerId.of(id.bytes())).isEqualTo(id).isEqualByComparingTo(id);
        }
    }

    @Test
    void an_id_is_read_from_base58_and_from_a_cid_in_any_base() throws Exception {
        for (List<String> row : Tables.own("peer-ids.tsv").toList()) {
            PeerId id = PeerId.parse(row.get(2));
            assertThat(PeerId.parse(row.get(3))).isEqualTo(id);
            for (Multibase base : Multibase.values())
                assertThat(PeerId.parse(id.toCid().toString(base))).as("%s", base).isEqualTo(id);
        }
    }

    @Test
    void an_id_holds_the_key_only_where_it_is_short() throws Exception {
        for (List<String> row : Tables.own("peer-ids.tsv").toList()) {
            PublicKey key = PublicKey.decode(HEX.parseHex(row.get(1)));
            boolean inline = key.type() == KeyType.ED25519 || key.type() == KeyType.SECP256K1;
            assertThat(PeerId.parse(row.get(2)).publicKey().isPresent()).isEqualTo(inline);
            if (inline) assertThat(PeerId.parse(row.get(2)).publicKey()).contains(key);
        }
    }

    @Test
    void an_encoded_key_of_42_bytes_is_the_id_and_one_of_43_is_hashed() {
        PublicKey most = PublicKey.of(KeyType.ED25519, new byte[38]);
        assertThat(most.encode()).hasSize(42);
        assertThat(most.peerId().hash().function()).isEqualTo(Multicodec.IDENTITY);
        PublicKey more = PublicKey.of(KeyType.ED25519, new byte[39]);
        assertThat(more.encode()).hasSize(43);
        assertThat(more.peerId().hash().function()).isEqualTo(Multicodec.SHA2_256);
        assertThat(PeerId.of(Multihash.of(Multicodec.IDENTITY, new byte[42]))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.of(Multihash.of(Multicodec.IDENTITY, new byte[43])));
    }

    @Test
    void other_hashes_are_no_ids() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.of(Multihash.of(Multicodec.SHA1, new byte[20])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerId.of(Multihash.of(Multicodec.SHA2_256, new byte[20])));
        byte[] sha1 = Multihash.of(Multicodec.SHA1, new byte[20]).bytes();
        assertThatThrownBy(() -> PeerId.of(sha1)).isInstanceOf(MalformedException.class);
        Cid raw = Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.SHA2_256, new byte[32]));
        assertThatThrownBy(() -> PeerId.parse(raw.toString()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("libp2p-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "Qm",
                "QmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47", // cut short
                "QmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47PP",
                "QmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47l", // no l in base58
                "12D3KooW",
                "zQmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47P", // CIDv0 in a multibase
                "peer",
            })
    void a_text_that_is_no_id_is_refused(String text) {
        assertThatThrownBy(() -> PeerId.parse(text)).isInstanceOf(MalformedException.class);
    }

    /// 00 00 is a whole multihash. Such an id names nobody, and harms nobody.
    @Test
    void an_id_of_no_bytes_has_no_key() throws Exception {
        assertThat(PeerId.parse("11").publicKey()).isEmpty();
    }

    @Test
    void a_key_has_one_encoding() {
        byte[] data = new byte[32];
        assertRefused(new ProtoMessage().bytes(2, data).number(1, 1)); // the other order
        assertRefused(new ProtoMessage().number(1, 1)); // no data
        assertRefused(new ProtoMessage().bytes(2, data)); // no type
        assertRefused(new ProtoMessage().number(1, 4).bytes(2, data)); // no such type
        assertRefused(new ProtoMessage().number(1, 1).bytes(2, data).number(3, 1)); // more
        assertRefused(new ProtoMessage().number(1, 1).number(1, 1).bytes(2, data)); // twice
        assertRefused(HEX.parseHex("088100" + "12021111")); // a number that isn't minimal
        assertRefused(HEX.parseHex("08011205" + "1111")); // cut short
        assertRefused(new byte[0]);
    }

    @Test
    void a_key_that_is_too_large_is_refused_whoever_made_it() throws Exception {
        // Five bytes of head.
        byte[] most = new byte[PublicKey.MAX_BYTES - 5];
        PublicKey key = PublicKey.of(KeyType.RSA, most);
        assertThat(key.encode()).hasSize(PublicKey.MAX_BYTES);
        assertThat(PublicKey.decode(key.encode())).isEqualTo(key);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKey.of(KeyType.RSA, new byte[most.length + 1]));
        assertRefused(new ProtoMessage().number(1, 0).bytes(2, new byte[most.length + 1]));
    }

    private static void assertRefused(ProtoMessage message) {
        assertRefused(message.encode());
    }

    private static void assertRefused(byte[] encoded) {
        assertThatThrownBy(() -> PublicKey.decode(encoded)).isInstanceOf(MalformedException.class);
    }
}
