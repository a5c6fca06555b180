package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A peer record says at which addresses a peer listens, in its own words: it travels in an
/// [Envelope] that the peer itself signed. The one with the greater number replaces the other.
///
/// Bytes: protobuf `{peer_id = 1, seq = 2, addresses = 3 {multiaddr = 1}}`. Source: libp2p/specs,
/// RFC 0003.
///
/// @param peer whose addresses they are
/// @param sequence its number, unsigned; greater ones are newer
/// @param addresses where the peer listens, at most [#MAX_ADDRESSES]
public record PeerRecord(PeerId peer, long sequence, List<Multiaddr> addresses) {
    /// What the envelopes of records are for.
    public static final Envelope.Kind KIND = new Envelope.Kind("libp2p-peer-record", 0x0301);

    /// The most addresses of a peer, as go-libp2p has it: what comes after is not read.
    public static final int MAX_ADDRESSES = 500;

    public PeerRecord {
        addresses = List.copyOf(addresses);
        if (addresses.size() > MAX_ADDRESSES)
            throw new IllegalArgumentException(
                    "a peer record has at most " + MAX_ADDRESSES + " addresses");
    }

    /// Reads a record from its envelope.
    ///
    /// @throws MalformedException when either is malformed, or somebody else than the peer signed
    public static PeerRecord open(byte[] envelope) throws MalformedException {
        Envelope opened = Envelope.open(envelope, KIND);
        PeerRecord peerRecord = decode(opened.payload());
        if (!opened.key().peerId().equals(peerRecord.peer))
            throw new MalformedException(
                    "peer record of "
                            + peerRecord.peer
                            + ", but signed by "
                            + opened.key().peerId());
        return peerRecord;
    }

    /// The record in an envelope, in bytes.
    ///
    /// @throws IllegalArgumentException when the key is another peer's
    public byte[] seal(SigningKey key) {
        if (!key.peerId().equals(peer))
            throw new IllegalArgumentException("the record of " + peer + " is for it to sign");
        return Envelope.seal(key, KIND, encode()).encode();
    }

    /// Reads a record. An address that is malformed or has an unknown protocol is left out.
    static PeerRecord decode(byte[] encoded) throws MalformedException {
        PeerId peer = null;
        long sequence = 0;
        int count = 0;
        List<Multiaddr> addresses = new ArrayList<>();
        var in = new ProtoReader("peer record", ByteBuffer.wrap(encoded));
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> peer = PeerId.of(in.copy("peer id"));
                case 2 -> sequence = in.number("seq");
                case 3 -> {
                    ByteBuffer info = in.bytes("addresses");
                    if (count++ < MAX_ADDRESSES) address(info).ifPresent(addresses::add);
                }
                default -> in.skip();
            }
        }
        if (peer == null) throw new MalformedException("peer record: the peer id is missing");
        return new PeerRecord(peer, sequence, addresses);
    }

    private static Optional<Multiaddr> address(ByteBuffer info) {
        try {
            Optional<Multiaddr> address = Optional.empty();
            var in = new ProtoReader("address", info);
            for (int field = in.next(); field != 0; field = in.next()) {
                if (field == 1) address = Optional.of(Multiaddr.of(in.copy("multiaddr")));
                else in.skip();
            }
            return address;
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    byte[] encode() {
        var out = new ProtoMessage().bytes(1, peer.bytes()).number(2, sequence);
        for (Multiaddr address : addresses)
            out.message(3, new ProtoMessage().bytes(1, address.bytes()));
        return out.encode();
    }

    /// Whether this record replaces another of the same peer.
    public boolean isNewerThan(PeerRecord other) {
        return Long.compareUnsigned(sequence, other.sequence) > 0;
    }
}
