package cairn.testkit.hostile;

import cairn.libp2p.crypto.Envelope;
import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.identify.Identify;
import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.testkit.hostile.RawYamux.FrameKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Attacks by what a peer says of itself, and of others.
public final class IdentifyAttacks {
    private static final int PUBLIC_KEY = 1;
    private static final int LISTEN_ADDRESSES = 2;
    private static final int PROTOCOLS = 3;
    private static final int AGENT_VERSION = 6;
    private static final int SIGNED_PEER_RECORD = 8;

    /// Few enough for a message of 8 KiB, and many enough for all to fit into ten.
    private static final int BOASTS_A_MESSAGE = 250;

    private static final int PEER = 1;
    private static final int SEQUENCE = 2;

    private IdentifyAttacks() {}

    /// Asks so many times what the host is, and reads no answer.
    public static Attack identifyFlood(int count) {
        return attacker -> flood(attacker, count, Identify.PROTOCOL, new byte[0]);
    }

    /// Says so many times what it is.
    public static Attack pushFlood(int count) {
        byte[] message = new ProtoMessage().text(AGENT_VERSION, "flood").encode();
        return attacker -> flood(attacker, count, Identify.PUSH_PROTOCOL, Messages.frame(message));
    }

    private static void flood(Attacker attacker, int count, String protocol, byte[] message)
            throws IOException {
        RawYamux yamux = attacker.yamux();
        var words = new ByteArrayOutputStream();
        words.writeBytes(RawYamux.proposal(protocol));
        words.writeBytes(message);
        for (int i = 0; i < count; i++) {
            yamux.data(RawYamux.SYN, 2 * i + 1, words.toByteArray());
            yamux.send(FrameKind.WINDOW_UPDATE, RawYamux.FIN, 2 * i + 1, 0);
        }
        yamux.settle();
    }

    /// Says that it has so many addresses and speaks so many protocols, in as many messages as that
    /// takes.
    public static Attack boasts(int addresses, int protocols) {
        return attacker -> {
            List<byte[]> messages = new ArrayList<>();
            messages.add(new ProtoMessage().text(AGENT_VERSION, "x".repeat(8_000)).encode());
            for (int done = 0; done < addresses || done < protocols; done += BOASTS_A_MESSAGE) {
                ProtoMessage message = new ProtoMessage();
                for (int i = done; i < done + BOASTS_A_MESSAGE; i++) {
                    if (i < addresses) message.bytes(LISTEN_ADDRESSES, address(i).bytes());
                    if (i < protocols) message.text(PROTOCOLS, "/boast/" + i);
                }
                messages.add(message.encode());
            }
            push(attacker, messages);
        };
    }

    /// Boasts under so many names, one after another.
    public static Attack boastsOfMany(int peers, int addresses, int protocols) {
        return attacker -> {
            for (int i = 0; i < peers; i++) {
                try (Attacker other = new Attacker(attacker.target())) {
                    boasts(addresses, protocols).perform(other);
                }
            }
        };
    }

    private static Multiaddr address(int number) throws IOException {
        return Multiaddr.parse(
                "/ip4/192.0." + (number >> 8 & 255) + "." + (number & 255) + "/tcp/4001");
    }

    /// Says that its key is another's.
    public static Attack claimsKeyOf(SigningKey other) {
        return attacker ->
                push(
                        attacker,
                        List.of(
                                new ProtoMessage()
                                        .bytes(PUBLIC_KEY, other.publicKey().encode())
                                        .encode()));
    }

    /// Passes on what another peer has signed of itself, which it may have, as its own.
    ///
    /// @param sealed a peer record in its envelope
    public static Attack replaysRecord(byte[] sealed) {
        byte[] copy = sealed.clone();
        return attacker ->
                push(
                        attacker,
                        List.of(new ProtoMessage().bytes(SIGNED_PEER_RECORD, copy).encode()));
    }

    /// Signs a record of another peer with its own key.
    public static Attack signsFor(PeerId other) {
        return attacker -> {
            byte[] forged =
                    new ProtoMessage().bytes(PEER, other.bytes()).number(SEQUENCE, -1).encode();
            byte[] sealed = Envelope.seal(attacker.key(), PeerRecord.KIND, forged).encode();
            replaysRecord(sealed).perform(attacker);
        };
    }

    /// Pushes messages and waits until the host has taken or refused them.
    private static void push(Attacker attacker, List<byte[]> messages) throws IOException {
        MuxedConnection connection = attacker.connection(attacker.target().tcp());
        MuxedStream stream = connection.open();
        Multistream.select(stream, List.of(Identify.PUSH_PROTOCOL));
        for (byte[] message : messages) Messages.write(stream, message);
        stream.closeWrite();
        byte[] end = new byte[1];
        while (stream.read(end, 0, 1) >= 0) {}
    }
}
