package cairn.libp2p.peerstore;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The form in which a peer store is kept: the words `cairn peers 1` and a line feed, a protobuf
/// message of one field 1 a peer, and the SHA-256 of all that, against disks that forget.
///
/// A peer: `{id = 1, address = 2, sequence + 1 = 3, key = 4, protocol = 5, agent = 6, latency in ns
/// = 7, last seen in s = 8}`; an address: `{bytes = 1, certified = 2, expires in s = 3}`.
final class PeerFile {
    /// The most bytes that are written and read: a full store, with room for its framing.
    static final int MAX_BYTES = 32 << 20;

    private static final byte[] HEAD = "cairn peers 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;

    /// The last second of the year 9999.
    private static final long MAX_SECONDS = 253_402_300_799L;

    private PeerFile() {}

    /// The bytes of as many peers as fit, those last heard of first of all.
    static byte[] encode(SequencedMap<PeerId, StoredPeer> records) {
        List<byte[]> peers = new ArrayList<>();
        int left = MAX_BYTES - HEAD.length - DIGEST_BYTES;
        for (Map.Entry<PeerId, StoredPeer> one : records.reversed().entrySet()) {
            byte[] field =
                    new ProtoMessage().message(1, encode(one.getKey(), one.getValue())).encode();
            if (field.length > left) break;
            left -= field.length;
            peers.add(field);
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(HEAD);
        for (byte[] peer : peers.reversed()) out.writeBytes(peer);
        out.writeBytes(sha256(ByteBuffer.wrap(out.toByteArray())));
        return out.toByteArray();
    }

    private static ProtoMessage encode(PeerId peer, StoredPeer record) {
        var message = new ProtoMessage().bytes(1, peer.bytes());
        for (KnownAddress known : record.addresses())
            message.message(
                    2,
                    new ProtoMessage()
                            .bytes(1, known.address().bytes())
                            .number(2, known.certified() ? 1 : 0)
                            .number(3, known.expires().getEpochSecond()));
        message.number(3, record.sequence() + 1);
        record.key().ifPresent(key -> message.bytes(4, key.encode()));
        for (String protocol : record.protocols()) message.text(5, protocol);
        message.text(6, record.agentVersion());
        record.latency().ifPresent(latency -> message.number(7, latency.toNanos()));
        return message.number(8, record.lastSeen().getEpochSecond());
    }

    /// Reads what was written.
    ///
    /// @throws MalformedException when anything about it is wrong
    static SequencedMap<PeerId, StoredPeer> decode(byte[] file) throws MalformedException {
        int end = file.length - DIGEST_BYTES;
        if (file.length > MAX_BYTES || end < HEAD.length)
            throw new MalformedException("peer file of " + file.length + " bytes");
        if (!Arrays.equals(file, 0, HEAD.length, HEAD, 0, HEAD.length))
            throw new MalformedException("not a peer file");
        byte[] digest = sha256(ByteBuffer.wrap(file, 0, end));
        if (!MessageDigest.isEqual(digest, Arrays.copyOfRange(file, end, file.length)))
            throw new MalformedException("peer file: its bytes don't match their hash");
        return decodePeers(ByteBuffer.wrap(file, HEAD.length, end - HEAD.length));
    }

    /// Reads the peers, whose hash was checked.
    static SequencedMap<PeerId, StoredPeer> decodePeers(ByteBuffer body) throws MalformedException {
        SequencedMap<PeerId, StoredPeer> peers = new LinkedHashMap<>();
        var in = new ProtoReader("peer file", body);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field != 1) throw new MalformedException("peer file: no field " + field);
            if (peers.size() == PeerStore.MAX_UNCONNECTED) peers.pollFirstEntry();
            decodePeer(in.bytes("peer"), peers);
        }
        return peers;
    }

    private static void decodePeer(ByteBuffer bytes, Map<PeerId, StoredPeer> peers)
            throws MalformedException {
        var in = new ProtoReader("peer", bytes);
        PeerId id = null;
        List<KnownAddress> addresses = new ArrayList<>();
        long sequence = -1;
        PublicKey key = null;
        Set<String> protocols = new LinkedHashSet<>();
        String agent = "";
        Duration latency = null;
        Instant lastSeen = Instant.EPOCH;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> id = PeerId.of(copy(in.bytes("id")));
                case 2 -> {
                    if (addresses.size() == PeerEntry.MAX_ADDRESSES)
                        throw new MalformedException("peer: too many addresses");
                    addresses.add(decodeAddress(in.bytes("address")));
                }
                case 3 -> sequence = in.size("sequence") - 1;
                case 4 -> key = PublicKey.decode(copy(in.bytes("key")));
                case 5 -> {
                    if (protocols.size() == PeerEntry.MAX_PROTOCOLS)
                        throw new MalformedException("peer: too many protocols");
                    protocols.add(text(in.bytes("protocol")));
                }
                case 6 -> agent = text(in.bytes("agent"));
                case 7 -> latency = Duration.ofNanos(in.size("latency"));
                case 8 -> lastSeen = instant(in.size("last seen"));
                default -> throw new MalformedException("peer: no field " + field);
            }
        }
        if (id == null) throw new MalformedException("peer: its id is missing");
        if (key != null && !key.peerId().equals(id))
            throw new MalformedException("peer: the key of another");
        peers.put(
                id,
                new StoredPeer(
                        addresses,
                        sequence,
                        Optional.ofNullable(key),
                        protocols,
                        agent,
                        Optional.ofNullable(latency),
                        lastSeen));
    }

    private static KnownAddress decodeAddress(ByteBuffer bytes) throws MalformedException {
        var in = new ProtoReader("address", bytes);
        Multiaddr address = null;
        boolean certified = false;
        Instant expires = Instant.EPOCH;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> address = Multiaddr.of(copy(in.bytes("bytes")));
                case 2 -> certified = in.number("certified") != 0;
                case 3 -> expires = instant(in.size("expires"));
                default -> throw new MalformedException("address: no field " + field);
            }
        }
        if (address == null) throw new MalformedException("address: its bytes are missing");
        return new KnownAddress(address, certified, expires);
    }

    private static Instant instant(long seconds) throws MalformedException {
        if (seconds > MAX_SECONDS) throw new MalformedException("no time: " + seconds);
        return Instant.ofEpochSecond(seconds);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static byte[] copy(ByteBuffer view) {
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }

    private static byte[] sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
