package cairn.multiformats.multiaddr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Tables;
import cairn.multiformats.peer.PeerId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String Z32 =
            "0000000000000000000000000000000000000000000000000000000000000000";

    /// Where deployed peers differ from the table: they take a number of 64 bits.
    private static final Set<String> FIXED_IN_PRACTICE = Set.of("memory");

    @Test
    void codes_names_and_sizes_are_those_of_the_table_of_protocols() {
        int rows = 0;
        for (List<String> row : Tables.official("multiaddr/protocols.csv").toList()) {
            if (row.size() < 3) continue;
            long code = Long.parseLong(row.get(0));
            AddressProtocol protocol = AddressProtocol.of(code).orElseThrow();
            assertThat(AddressProtocol.named(row.get(2))).as(row.get(2)).contains(protocol);
            assertThat(protocol.hasValue()).as(row.get(2)).isEqualTo(!row.get(1).equals("0"));
            int size =
                    row.get(1).equals("V")
                            ? ValueForm.VARIABLE
                            : Integer.parseInt(row.get(1)) / Byte.SIZE;
            if (!FIXED_IN_PRACTICE.contains(row.get(2)))
                assertThat(protocol.form().size()).as(row.get(2)).isEqualTo(size);
            rows++;
        }
        // One of the rows is ipfs, the other name of p2p.
        assertThat(rows).isEqualTo(AddressProtocol.values().length + 1);
    }

    @Test
    void an_address_has_the_bytes_and_the_text_that_a_real_peer_gives_it() throws Exception {
        for (List<String> row : Tables.own("multiaddr.tsv").toList()) {
            Multiaddr address = Multiaddr.parse(row.get(0));
            assertThat(address).hasToString(row.get(1));
            assertThat(HEX.formatHex(address.bytes())).as(row.get(0)).isEqualTo(row.get(2));
            assertThat(Multiaddr.of(HEX.parseHex(row.get(2)))).isEqualTo(address);
            assertThat(Multiaddr.parse(row.get(1))).isEqualTo(address).hasSameHashCodeAs(address);
        }
    }

    @Test
    void what_a_real_peer_refuses_is_refused() {
        for (List<String> row : Tables.own("not-multiaddr.tsv").toList())
            assertThat(catchThrowable(() -> Multiaddr.parse(row.getFirst())))
                    .as(row.getFirst())
                    .isInstanceOf(MalformedException.class)
                    .hasMessageNotContaining("null");
        assertThatThrownBy(() -> Multiaddr.parse("")).isInstanceOf(MalformedException.class);
    }

    @Test
    void every_protocol_is_in_the_table_of_addresses() throws Exception {
        var seen = new ArrayList<AddressProtocol>();
        for (List<String> row : Tables.own("multiaddr.tsv").toList())
            seen.addAll(Multiaddr.parse(row.get(0)).protocols());
        assertThat(AddressProtocol.values())
                .filteredOn(protocol -> !seen.contains(protocol))
                .containsExactly(
                        AddressProtocol.P2P_WEBRTC_STAR, // gone before it had a peer to ask
                        AddressProtocol.P2P_STARDUST,
                        AddressProtocol.P2P_WEBSOCKET_STAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // empty
                "04c0000201060fa1fd01", // 253: no protocol has this code
                "dd8fc00301", // 7367645: a code of four bytes
                "04c00002", // an IPv4 address cut short
                "84000a000001", // a code that isn't minimal
                "04c0000201060f", // a port cut short
                "350b6578616d706c652e636f", // a name cut short
                "3500", // a name of no bytes
                "350161ff", // bytes behind it
                "3501ff", // a name that is no UTF-8
                "350361 2f62", // a name with a slash
                "3503610a62", // a name with a line's end
                "35036107621b", // a name with a bell
                "35ffffffffffffffff7f61", // a length beyond all memory
                "35ffffffffffffffffff0161", // a length over 63 bits
                "9003022f61060fa1", // something behind a path
                "9003012f", // a path of a slash alone
                "90030361622f", // a path without a slash before it
                "a503020000" + "00", // a peer id and a zero byte behind it
                "a503231221" + Z32 + "00", // a sha2-256 of 33 bytes
                "a50304deadbeef", // a peer id that is no multihash
                "a503161114" + "0000000000000000000000000000000000000000", // a sha1
                "d203021220", // a certificate's hash cut short
                "e10300", // an HTTP path of no bytes
                "bc03000102030405060708090000", // an onion with port 0
                "be0303010203", // a garlic64 of three bytes
                "bf0303010203", // a garlic32 of three bytes
            })
    void malformed_bytes_are_refused(String hex) {
        byte[] bytes = HEX.parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> Multiaddr.of(bytes)).isInstanceOf(MalformedException.class);
    }

    @Test
    void deprecated_names_are_read_and_ipfs_becomes_p2p() throws Exception {
        String id = "QmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47P";
        assertThat(Multiaddr.parse("/ipfs/" + id)).hasToString("/p2p/" + id);
        assertThat(Multiaddr.parse("/tcp/443/https").protocols())
                .containsExactly(AddressProtocol.TCP, AddressProtocol.HTTPS);
        assertThat(Multiaddr.parse("/tcp/443/wss").protocols())
                .containsExactly(AddressProtocol.TCP, AddressProtocol.WSS);
    }

    @Test
    void an_http_path_is_percent_encoded_never_with_plus_for_a_blank() throws Exception {
        Multiaddr address = Multiaddr.parse("/http-path/a b+c%2fd");
        assertThat(address).hasToString("/http-path/a%20b%2Bc%2Fd");
        assertThat(address.components().getFirst().bytes()).asString().isEqualTo("a b+c/d");
    }

    @Test
    void sizes_are_bounded_where_addresses_are_read() throws Exception {
        String most = "/ws".repeat(Multiaddr.MAX_COMPONENTS);
        Multiaddr longest = Multiaddr.parse(most);
        assertThat(longest.components()).hasSize(Multiaddr.MAX_COMPONENTS);
        assertRefused(most + "/ws");
        assertThatThrownBy(() -> Multiaddr.of(longest.with(longest).bytes()))
                .isInstanceOf(MalformedException.class);
        // 2 bytes of code, 2 of length.
        String name = "a".repeat(Multiaddr.MAX_BYTES - 3);
        assertThat(Multiaddr.parse("/dns/" + name).bytes()).hasSize(Multiaddr.MAX_BYTES);
        assertRefused("/dns/" + name + "a");
        assertThatThrownBy(
                        () -> Multiaddr.of(Multiaddr.parse("/dns/" + name).with(longest).bytes()))
                .isInstanceOf(MalformedException.class);
        assertRefused("/ws".repeat(Multiaddr.MAX_TEXT_CHARS));
    }

    @Test
    void an_address_of_a_peer_may_always_be_given_a_peer_id() throws Exception {
        PeerId peer = PeerId.parse("QmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47P");
        Multiaddr longest = Multiaddr.parse("/ws".repeat(Multiaddr.MAX_COMPONENTS));
        assertThat(longest.withPeer(peer).peer()).contains(peer);
        assertThat(longest.withPeer(peer).withoutPeer()).isEqualTo(longest);
        assertThat(Multiaddr.parse("/unix/a").withPeer(peer).peer()).contains(peer);
    }

    @Test
    void the_peer_of_an_address_is_the_one_at_its_end() throws Exception {
        String relay = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
        String target = "QmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47P";
        Multiaddr circuit = Multiaddr.parse("/tcp/1/p2p/" + relay + "/p2p-circuit");
        assertThat(circuit.peer()).isEmpty();
        assertThat(circuit.withoutPeer()).isSameAs(circuit);
        Multiaddr whole = Multiaddr.parse(circuit + "/p2p/" + target);
        assertThat(whole.peer()).contains(PeerId.parse(target));
        assertThat(whole.withoutPeer()).isEqualTo(circuit);
        assertThat(whole.withPeer(PeerId.parse(relay))).hasToString(circuit + "/p2p/" + relay);
        assertThat(whole.find(AddressProtocol.P2P).orElseThrow().value()).isEqualTo(relay);
        assertThat(whole.has(AddressProtocol.UDP)).isFalse();
    }

    @Test
    void a_component_without_its_value_cannot_be_made() {
        assertThatIllegalArgumentException().isThrownBy(() -> Component.of(AddressProtocol.TCP));
        assertThatThrownBy(() -> Component.of(AddressProtocol.WS, "x"))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Component.of(AddressProtocol.TCP, new byte[3]))
                .isInstanceOf(MalformedException.class);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> Multiaddr.parse(text)).isInstanceOf(MalformedException.class);
    }
}
