package cairn.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class MdnsMessageTest {
    private static final String ID = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    /// An id of no bytes, so that many fit one message.
    private static final String SHORT = "11";

    private static final String LABEL = "a".repeat(63);
    private static final InetAddress HOST = InetAddress.ofLiteral("192.168.1.5");

    @Test
    void a_question_is_read_back() throws Exception {
        assertThat(MdnsMessage.decode(MdnsMessage.question()))
                .isEqualTo(new MdnsMessage.Question());
        Message unicast = new Message(MdnsMessage.question());
        unicast.removeAllRecords(Section.QUESTION);
        unicast.addRecord(
                Record.newRecord(MdnsMessage.SERVICE, Type.PTR, DClass.IN | 0x8000),
                Section.QUESTION);
        assertThat(MdnsMessage.decode(unicast.toWire())).isEqualTo(new MdnsMessage.Question());
        Message other = new Message(0);
        other.addRecord(
                Record.newRecord(Name.fromString("_http._tcp.local."), Type.PTR, DClass.IN),
                Section.QUESTION);
        assertThat(MdnsMessage.decode(other.toWire())).isEqualTo(new MdnsMessage.Other());
    }

    @Test
    void an_answer_has_its_addresses_and_a_host_in_one_message() throws Exception {
        PeerId self = PeerId.parse(ID);
        List<Multiaddr> addresses =
                List.of(
                        Multiaddr.parse("/ip4/192.168.1.5/tcp/4001"),
                        Multiaddr.parse("/ip4/192.168.1.5/udp/4001/quic-v1"));
        byte[] answer = MdnsMessage.answer(LABEL, self, addresses, HOST, 120);
        assertThat(MdnsMessage.decode(answer))
                .isEqualTo(new MdnsMessage.Peers(Map.of(self, addresses)));
        Message message = new Message(answer);
        assertThat(message.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(message.getSection(Section.QUESTION)).isEmpty();
        assertThat(message.getSection(Section.ANSWER))
                .extracting(Record::getType)
                .containsExactly(Type.PTR);
        // go's reader believes nothing without a host and its address.
        assertThat(message.getSection(Section.ADDITIONAL))
                .extracting(Record::getType)
                .containsExactly(Type.SRV, Type.TXT, Type.A);
    }

    @Test
    void an_answer_that_is_taken_back_tells_of_nobody() throws Exception {
        List<Multiaddr> addresses = List.of(Multiaddr.parse("/ip4/192.168.1.5/tcp/4001"));
        byte[] goodbye = MdnsMessage.answer(LABEL, PeerId.parse(ID), addresses, HOST, 0);
        assertThat(MdnsMessage.decode(goodbye)).isEqualTo(new MdnsMessage.Other());
    }

    @Test
    void an_answer_fits_a_frame_however_many_addresses_there_are() throws Exception {
        List<Multiaddr> many = new ArrayList<>();
        for (int i = 1; i < 200; i++) many.add(Multiaddr.parse("/ip4/192.168.1.5/tcp/" + i));
        byte[] answer = MdnsMessage.answer(LABEL, PeerId.parse(ID), many, HOST, 120);
        assertThat(answer).hasSizeLessThan(1400);
        assertThat(((MdnsMessage.Peers) MdnsMessage.decode(answer)).addresses().values())
                .singleElement()
                .satisfies(some -> assertThat(some).hasSizeGreaterThan(8));
    }

    @Test
    void what_one_message_tells_is_bounded_and_nonsense_passed_over() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= 80; i++) texts.add("dnsaddr=/tcp/" + i + "/p2p/" + SHORT);
        texts.add("dnsaddr=/tcp/1/p2p/" + SHORT); // again
        texts.add("dnsaddr=/ip4/10.0.0.1/tcp/1"); // nobody's
        texts.add("dnsaddr=/nosuch/1/p2p/" + SHORT);
        texts.add("dnsaddr");
        texts.add("");
        assertThat(peers(MdnsMessage.SERVICE, texts).values())
                .singleElement()
                .satisfies(all -> assertThat(all).hasSize(80));
        for (int i = 81; i <= 120; i++) texts.add("dnsaddr=/tcp/" + i + "/p2p/" + SHORT);
        assertThat(peers(MdnsMessage.SERVICE, texts).values())
                .singleElement()
                .satisfies(all -> assertThat(all).hasSize(MdnsMessage.MAX_ADDRESSES));

        List<String> crowd = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] id = new byte[34];
            id[0] = 0x12;
            id[1] = 0x20;
            id[2] = (byte) i;
            crowd.add("dnsaddr=/ip4/10.0.0.1/tcp/1/p2p/" + PeerId.of(id));
        }
        assertThat(peers(MdnsMessage.SERVICE, crowd)).hasSize(MdnsMessage.MAX_PEERS);
        assertThat(peers(Name.fromString("_http._tcp.local."), crowd)).isEmpty();
        assertThatThrownBy(() -> MdnsMessage.decode(new byte[MdnsMessage.MAX_BYTES + 1]))
                .isInstanceOf(MalformedException.class);
    }

    private static Map<PeerId, List<Multiaddr>> peers(Name service, List<String> texts)
            throws Exception {
        var message = new Message(0);
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(
                new TXTRecord(Name.fromString("x", service), DClass.IN, 60, texts), Section.ANSWER);
        return MdnsMessage.decode(message.toWire()) instanceof MdnsMessage.Peers(var all)
                ? all
                : Map.of();
    }
}
