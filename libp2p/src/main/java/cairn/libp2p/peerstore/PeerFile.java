package cairn.libp2p.peerstore;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
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
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The form in which a peer store is kept: the words `cairn peers 2` and a line feed, each peer
/// behind the number of its bytes (32 bits, big-endian), and the SHA-256 of all that, against disks
/// that forget.
///
/// A peer, in protobuf: `{id = 1, address = 2, sequence = 3, key = 4, protocol = 5, agent = 6,
/// latency in ns = 7, last seen in s = 8}`; an address: `{bytes = 1, certified = 2, expires in s =
/// 3}`.
final class PeerFile {
    /// The most bytes that are written and read: about a full store, which weighs more in the heap
    /// than here.
    static final int MAX_BYTES = 32 << 20;

    private static final byte[] HEAD = "cairn peers 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final int LENGTH_BYTES = 4;

    /// The most bytes of a peer: more than what is kept of one ever takes.
    private static final int MAX_PEER_BYTES = 128 << 10;

    /// The last second of the year 9999.
    private static final long MAX_SECONDS = 253_402_300_799L;

    private static final Logger LOG = LoggerFactory.getLogger(PeerFile.class);

    private PeerFile() {}

    /// Writes as many peers as fit, those last heard of first of all; one after another, so that no
    /// second copy of them all is made. The stream stays open, and is not flushed.
    static void write(SequencedMap<PeerId, StoredPeer> records, OutputStream out)
            throws IOException {
        MessageDigest digest = sha256();
        var hashed = new DataOutputStream(new DigestOutputStream(out, digest));
        hashed.write(HEAD);
        int skipped = records.size() - fitting(records);
        for (Map.Entry<PeerId, StoredPeer> one : records.entrySet()) {
            if (skipped-- > 0) continue;
            byte[] peer = encode(one);
            hashed.writeInt(peer.length);
            hashed.write(peer);
        }
        out.write(digest.digest());
    }

    private static int fitting(SequencedMap<PeerId, StoredPeer> records) {
        int left = MAX_BYTES - HEAD.length - DIGEST_BYTES;
        int count = 0;
        for (Map.Entry<PeerId, StoredPeer> one : records.reversed().entrySet()) {
            left -= LENGTH_BYTES + encode(one).length;
            if (left < 0) break;
            count++;
        }
        return count;
    }

    private static byte[] encode(Map.Entry<PeerId, StoredPeer> one) {
        StoredPeer record = one.getValue();
        var message = new ProtoMessage().bytes(1, one.getKey().bytes());
        for (KnownAddress known : record.addresses())
            message.message(
                    2,
                    new ProtoMessage()
                            .bytes(1, known.address().bytes())
                            .number(2, known.certified() ? 1 : 0)
                            .number(3, known.expires().getEpochSecond()));
        record.sequence().ifPresent(sequence -> message.number(3, sequence));
        record.key().ifPresent(key -> message.bytes(4, key.encode()));
        for (String protocol : record.protocols()) message.text(5, protocol);
        message.text(6, record.agentVersion());
        record.latency().ifPresent(latency -> message.number(7, latency.toNanos()));
        return message.number(8, record.lastSeen().getEpochSecond()).encode();
    }

    /// Reads what was written: of those last heard of as many as the limits let. A peer that can't
    /// be read is left out alone.
    ///
    /// @param length of the file
    /// @param maxWeight the most that the peers may take of the heap
    /// @throws MalformedException when anything else about it is wrong
    static SequencedMap<PeerId, StoredPeer> read(InputStream in, long length, long maxWeight)
            throws IOException {
        long body = length - HEAD.length - DIGEST_BYTES;
        if (length > MAX_BYTES || body < 0)
            throw new MalformedException("peer file of " + length + " bytes");
        MessageDigest digest = sha256();
        var hashed = new DataInputStream(new DigestInputStream(in, digest));
        if (!Arrays.equals(hashed.readNBytes(HEAD.length), HEAD))
            throw new MalformedException("not a peer file");
        SequencedMap<PeerId, StoredPeer> peers = readPeers(hashed, body, maxWeight);
        if (!MessageDigest.isEqual(digest.digest(), in.readNBytes(DIGEST_BYTES)))
            throw new MalformedException("peer file: its bytes don't match their hash");
        return peers;
    }

    /// Reads so many bytes of peers. Where they are over a limit, those longest unheard of go.
    static SequencedMap<PeerId, StoredPeer> readPeers(
            DataInputStream in, long bytes, long maxWeight) throws IOException {
        SequencedMap<PeerId, StoredPeer> peers = new LinkedHashMap<>();
        long weight = 0;
        for (long left = bytes; left > 0; ) {
            int length = left < LENGTH_BYTES ? -1 : in.readInt();
            left -= LENGTH_BYTES + length;
            if (length < 0 || length > MAX_PEER_BYTES || left < 0)
                throw new MalformedException("peer file: a peer of " + length + " bytes");
            var peer = ByteBuffer.wrap(in.readNBytes(length));
            try {
                weight += decodePeer(peer, peers);
            } catch (MalformedException e) {
                LOG.debug("a peer is left out: {}", e.getMessage());
            }
            while (peers.size() > PeerStore.MAX_UNCONNECTED || weight > maxWeight)
                weight -= peers.pollFirstEntry().getValue().weight();
        }
        return peers;
    }

    /// @return how much the weight of them all has grown
    private static long decodePeer(ByteBuffer bytes, Map<PeerId, StoredPeer> peers)
            throws MalformedException {
        var in = new ProtoReader("peer", bytes);
        PeerId id = null;
        List<KnownAddress> addresses = new ArrayList<>();
        OptionalLong sequence = OptionalLong.empty();
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
                case 3 -> sequence = OptionalLong.of(in.number("sequence"));
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
        var decoded =
                new StoredPeer(
                        addresses,
                        sequence,
                        Optional.ofNullable(key),
                        protocols,
                        agent,
                        Optional.ofNullable(latency),
                        lastSeen);
        StoredPeer before = peers.put(id, decoded);
        return decoded.weight() - (before == null ? 0 : before.weight());
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
