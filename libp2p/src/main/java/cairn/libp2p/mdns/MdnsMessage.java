package cairn.libp2p.mdns;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// What a datagram of multicast DNS says about peers: a question who is there, or where some are.
sealed interface MdnsMessage {
    /// The largest message. Source: RFC 6762, 17.
    int MAX_BYTES = 9000;

    /// The most peers that one message tells of: a node tells of itself.
    int MAX_PEERS = 8;

    /// The most addresses of a peer in one message.
    int MAX_ADDRESSES = 100;

    /// So much of addresses is sent: with the other records it fits an Ethernet frame.
    int MAX_TEXT_BYTES = 1000;

    /// The longest string of a TXT record.
    int MAX_STRING_BYTES = 255;

    /// How long others may believe an answer, in seconds. Source: RFC 6762, 10.
    int TTL_SECONDS = 120;

    Name SERVICE = Name.fromConstantString("_p2p._udp.local.");

    String PREFIX = "dnsaddr=";

    /// The top bit of a class: the sender has all records of that name and type.
    int CACHE_FLUSH = 0x8000;

    /// A port must be said; nobody uses it.
    int PORT = 4001;

    /// Who is there?
    record Question() implements MdnsMessage {}

    /// Peers and their addresses, without the peer at their end.
    record Peers(Map<PeerId, List<Multiaddr>> addresses) implements MdnsMessage {}

    /// Something else, or nothing.
    record Other() implements MdnsMessage {}

    /// Reads a datagram. What is no address of a peer is passed over.
    static MdnsMessage decode(byte[] bytes) throws IOException {
        if (bytes.length > MAX_BYTES)
            throw new MalformedException("mDNS message of " + bytes.length + " bytes");
        Message message = new Message(bytes);
        if (message.getHeader().getOpcode() != Opcode.QUERY) return new Other();
        if (!message.getHeader().getFlag(Flags.QR)) {
            for (Record question : message.getSection(Section.QUESTION))
                if (question.getName().equals(SERVICE)
                        && (question.getType() == Type.PTR || question.getType() == Type.ANY))
                    return new Question();
            return new Other();
        }
        Map<PeerId, List<Multiaddr>> peers = new LinkedHashMap<>();
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL})
            for (Record record : message.getSection(section))
                if (record instanceof TXTRecord txt
                        && txt.getTTL() > 0
                        && txt.getName().subdomain(SERVICE)) collect(txt, peers);
        return peers.isEmpty() ? new Other() : new Peers(peers);
    }

    private static void collect(TXTRecord txt, Map<PeerId, List<Multiaddr>> peers) {
        for (Object part : txt.getStringsAsByteArrays()) {
            String text = new String((byte[]) part, StandardCharsets.UTF_8);
            if (!text.startsWith(PREFIX)) continue;
            Multiaddr address;
            try {
                address = Multiaddr.parse(text.substring(PREFIX.length()));
            } catch (MalformedException e) {
                continue;
            }
            Optional<PeerId> peer = address.peer();
            if (peer.isEmpty()) continue;
            if (!peers.containsKey(peer.get()) && peers.size() == MAX_PEERS) continue;
            List<Multiaddr> known = peers.computeIfAbsent(peer.get(), id -> new ArrayList<>());
            Multiaddr bare = address.withoutPeer();
            if (known.size() < MAX_ADDRESSES && !known.contains(bare)) known.add(bare);
        }
    }

    /// The question.
    static byte[] question() {
        var message = new Message(0);
        message.addRecord(Record.newRecord(SERVICE, Type.PTR, DClass.IN), Section.QUESTION);
        return message.toWire();
    }

    /// The answer: a pointer to a name, and in the same message what stands there: all addresses in
    /// one TXT record, since some readers take one alone, and a host with an IP address, without
    /// which some readers believe nothing.
    ///
    /// @param label the random name
    /// @param host an address of the interface that it is sent from
    /// @param ttl in seconds; 0 to take the answer back
    static byte[] answer(
            String label, PeerId self, List<Multiaddr> addresses, InetAddress host, int ttl) {
        try {
            Name instance = Name.fromString(label, SERVICE);
            Name hostName = Name.fromString(label + ".local.");
            int ours = DClass.IN | CACHE_FLUSH;
            var message = new Message(0);
            message.getHeader().setFlag(Flags.QR);
            message.getHeader().setFlag(Flags.AA);
            message.addRecord(new PTRRecord(SERVICE, DClass.IN, ttl, instance), Section.ANSWER);
            message.addRecord(
                    new SRVRecord(instance, ours, ttl, 0, 0, PORT, hostName), Section.ADDITIONAL);
            message.addRecord(
                    new TXTRecord(instance, ours, ttl, texts(self, addresses)), Section.ADDITIONAL);
            message.addRecord(
                    host instanceof Inet4Address
                            ? new ARecord(hostName, ours, ttl, host)
                            : new AAAARecord(hostName, ours, ttl, host),
                    Section.ADDITIONAL);
            return message.toWire();
        } catch (TextParseException e) {
            throw new IllegalArgumentException("no name of DNS: " + label, e);
        }
    }

    private static List<String> texts(PeerId self, List<Multiaddr> addresses) {
        List<String> texts = new ArrayList<>();
        int size = 0;
        for (Multiaddr address : addresses) {
            String text = PREFIX + address.withPeer(self);
            // A backslash begins an escape; no IP address has one.
            if (text.length() > MAX_STRING_BYTES || text.indexOf('\\') >= 0) continue;
            size += 1 + text.length();
            if (size > MAX_TEXT_BYTES) break;
            texts.add(text);
        }
        return texts;
    }
}
