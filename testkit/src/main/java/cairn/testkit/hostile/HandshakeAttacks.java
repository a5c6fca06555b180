package cairn.testkit.hostile;

import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.noise.Noise;
import cairn.multiformats.peer.PublicKey;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.testkit.relay.NetworkConditions;
import cairn.testkit.relay.Relay;
import cairn.testkit.relay.TcpRelay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Attacks by those who have not said who they are: over TCP, before or within the handshakes.
public final class HandshakeAttacks {
    private static final byte[] HEADER = RawYamux.proposal(Noise.PROTOCOL);

    /// The first byte of a length that goes on.
    private static final byte MORE = (byte) 0xff;

    private HandshakeAttacks() {}

    /// Opens so many connections, and says nothing on any.
    public static Attack silentConnections(int count) {
        return attacker -> {
            for (int i = 0; i < count; i++) attacker.wire();
        };
    }

    /// Makes so many connections, each as another peer, and opens no stream.
    public static Attack peers(int count) {
        return attacker -> {
            for (int i = 0; i < count; i++) {
                Wire wire = attacker.wire();
                Attacker other = new Attacker(attacker.target());
                attacker.meanwhile(handshake -> other.secured(wire));
            }
        };
    }

    /// Makes so many connections as one and the same peer.
    public static Attack connectionsOfOnePeer(int count) {
        return attacker -> {
            for (int i = 0; i < count; i++) attacker.yamux();
            attacker.yamux().settle();
        };
    }

    /// Speaks multistream-select so slowly that it takes forever: a byte at a time.
    public static Attack slowHandshake(Duration betweenBytes) {
        return attacker -> {
            Wire wire = attacker.wire();
            attacker.meanwhile(
                    slow -> {
                        for (byte each : HEADER) {
                            wire.say(each);
                            pause(betweenBytes);
                        }
                    });
        };
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the attack is over", e);
        }
    }

    /// Agrees on Noise, and never sends the first message.
    public static Attack neverAnswersNoise() {
        return attacker -> Multistream.select(attacker.wire(), List.of(Noise.PROTOCOL));
    }

    /// Announces a word of multistream-select whose length never ends.
    public static Attack endlessLength() {
        return attacker -> {
            Wire wire = attacker.wire();
            byte[] length = new byte[64];
            Arrays.fill(length, MORE);
            wire.say(length);
            wire.awaitEnd();
        };
    }

    /// Announces a word of sixteen kilobytes behind the header.
    public static Attack giantWord() {
        return attacker -> {
            Wire wire = attacker.wire();
            wire.say("\23/multistream/1.0.0\n");
            wire.say(MORE, (byte) 0x7f);
            wire.awaitEnd();
        };
    }

    /// Proposes protocols that nobody has, without end.
    public static Attack endlessProposals() {
        return attacker -> {
            Wire wire = attacker.wire();
            wire.say("\23/multistream/1.0.0\n");
            for (int i = 0; i < 10_000; i++) wire.say("\10/no/one\n");
            wire.awaitEnd();
        };
    }

    /// Announces the largest Noise message that there can be as the first of the handshake, and
    /// sends one byte of it.
    public static Attack giantNoiseMessage() {
        return attacker -> {
            Wire wire = attacker.wire();
            Multistream.select(wire, List.of(Noise.PROTOCOL));
            wire.say(MORE, MORE, (byte) 0);
            wire.awaitEnd();
        };
    }

    /// Does the handshake with zeros where keys belong, as nobody can agree on a secret with them.
    public static Attack zeroKeys() {
        return attacker -> {
            Wire wire = attacker.wire();
            Multistream.select(wire, List.of(Noise.PROTOCOL));
            byte[] first = new byte[2 + 32];
            first[1] = 32;
            wire.say(first);
            wire.awaitEnd();
        };
    }

    /// Says that it is another peer, and signs with its own key.
    public static Attack wrongKey(PublicKey other) {
        return attacker ->
                claims(attacker, other, noise -> attacker.key().sign(signed(noise.staticKey())));
    }

    /// Says that it is another peer, and shows what that peer has signed in a handshake of its own.
    ///
    /// @param signature of any other static key
    public static Attack replayedProof(PublicKey other, byte[] signature) {
        byte[] copy = signature.clone();
        return attacker -> claims(attacker, other, noise -> copy);
    }

    /// What a peer signs to prove that a static key is its own. libp2p/specs, noise.
    public static byte[] signed(byte[] staticKey) {
        var signed = new ByteArrayOutputStream();
        signed.writeBytes("noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII));
        signed.writeBytes(staticKey);
        return signed.toByteArray();
    }

    private static void claims(
            Attacker attacker, PublicKey key, Function<NoiseByHand, byte[]> signature)
            throws IOException {
        Wire wire = attacker.wire();
        Multistream.select(wire, List.of(Noise.PROTOCOL));
        NoiseByHand noise = new NoiseByHand();
        byte[] payload =
                new ProtoMessage()
                        .bytes(1, key.encode())
                        .bytes(2, signature.apply(noise))
                        .message(4, new ProtoMessage().text(2, "/yamux/1.0.0"))
                        .encode();
        noise.perform(wire, payload);
        wire.awaitEnd();
    }

    /// Sends bytes that mean nothing.
    public static Attack garbage(byte... bytes) {
        return attacker -> {
            Wire wire = attacker.wire();
            wire.say(bytes);
            wire.awaitEnd();
        };
    }

    /// Connects, and then its cable is pulled: the connection is there at the host's end only.
    public static Attack halfOpen() {
        return attacker -> {
            Target target = attacker.target();
            var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Relay relay =
                    attacker.hold(
                            TcpRelay.open(
                                    nowhere,
                                    Wire.endpoint(target.tcp()),
                                    NetworkConditions.delay(Duration.ZERO)));
            Wire wire = attacker.hold(Wire.to(relay.address()));
            new RawYamux(attacker.secured(wire)).settle();
            relay.silence(true);
        };
    }

    /// Begins a handshake and dies.
    public static Attack vanishes() {
        return attacker -> {
            Wire wire = attacker.wire();
            wire.say(Arrays.copyOf(HEADER, HEADER.length - 1));
            wire.vanish();
        };
    }
}
