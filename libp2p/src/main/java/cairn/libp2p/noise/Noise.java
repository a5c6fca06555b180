package cairn.libp2p.noise;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.security.Secured;
import cairn.libp2p.security.Security;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.InputBuffer;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.Role;
import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PeerId;
import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The security protocol `/noise`: `Noise_XX_25519_ChaChaPoly_SHA256`, with a static key made for
/// each handshake and signed by the peer. Messages have their length before them, in two bytes.
/// Source: libp2p/specs, noise.
public final class Noise implements Security {
    public static final String PROTOCOL = "/noise";

    /// The longest message of a handshake that is read: what a reader that is idle has room for, so
    /// that nobody can make it hold more before he has proven who he is. An RSA key of 8192 bits,
    /// its signature, and forty muxers fit in.
    static final int MAX_HANDSHAKE_BYTES = InputBuffer.IDLE_BYTES - Short.BYTES;

    private final SigningKey host;
    private final LargeBuffers buffers;
    private final SecureRandom random = new SecureRandom();

    /// @param buffers what its channels borrow while bytes flow
    public Noise(SigningKey host, LargeBuffers buffers) {
        this.host = host;
        this.buffers = buffers;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public Secured secure(Duplex raw, Role role, Optional<PeerId> expected, List<String> muxers)
            throws IOException {
        KeyAgreement staticKey = KeyAgreement.generate(random);
        var handshake =
                new XxHandshake(role, staticKey, KeyAgreement.generate(random), new byte[0]);
        byte[] own = HandshakePayload.sign(host, staticKey.publicKey(), muxers).encode();
        var in = new InputBuffer(raw, buffers);
        HandshakePayload remote =
                switch (role) {
                    case INITIATOR -> {
                        send(raw, handshake.write(new byte[0]));
                        var responder = verified(handshake, handshakeMessage(in), expected);
                        send(raw, handshake.write(own));
                        yield responder;
                    }
                    case RESPONDER -> {
                        read(handshake, handshakeMessage(in));
                        send(raw, handshake.write(own));
                        yield verified(handshake, handshakeMessage(in), expected);
                    }
                };
        List<CipherState> keys = handshake.finish();
        return new Secured(
                new NoiseDuplex(raw, in, buffers, keys.getFirst(), keys.getLast()),
                remote.key(),
                role == Role.INITIATOR
                        ? common(muxers, remote.muxers())
                        : common(remote.muxers(), muxers));
    }

    /// The initiator's first muxer that the responder has too.
    private static Optional<String> common(List<String> initiators, List<String> responders) {
        return initiators.stream().filter(responders::contains).findFirst();
    }

    private static HandshakePayload verified(
            XxHandshake handshake, byte[] message, Optional<PeerId> expected)
            throws SecurityHandshakeException {
        HandshakePayload payload;
        try {
            payload = HandshakePayload.decode(read(handshake, message));
            if (!payload.signs(handshake.remoteStatic()))
                throw new SecurityHandshakeException("the peer did not sign its static key");
        } catch (MalformedException e) {
            throw new SecurityHandshakeException(e.getMessage(), e);
        }
        PeerId peer = payload.key().peerId();
        if (expected.isPresent() && !expected.get().equals(peer))
            throw new SecurityHandshakeException(
                    "the peer is " + peer + ", not " + expected.get() + " as expected");
        return payload;
    }

    private static byte[] read(XxHandshake handshake, byte[] message)
            throws SecurityHandshakeException {
        try {
            return handshake.read(message);
        } catch (IOException e) {
            throw new SecurityHandshakeException(e.getMessage(), e);
        }
    }

    static byte[] handshakeMessage(InputBuffer in) throws IOException {
        if (!in.fill(Short.BYTES)) throw new EOFException("the other end left the handshake");
        int length = in.unsignedShort(0);
        if (length > MAX_HANDSHAKE_BYTES)
            throw new SecurityHandshakeException(
                    "handshake message of "
                            + length
                            + " bytes; at most "
                            + MAX_HANDSHAKE_BYTES
                            + " are read");
        in.fill(Short.BYTES + length);
        int start = in.position() + Short.BYTES;
        byte[] message = Arrays.copyOfRange(in.array(), start, start + length);
        in.skip(Short.BYTES + length);
        return message;
    }

    static void send(Duplex raw, byte[] message) throws IOException {
        byte[] framed = new byte[Short.BYTES + message.length];
        framed[0] = (byte) (message.length >>> Byte.SIZE);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, Short.BYTES, message.length);
        raw.write(framed, 0, framed.length);
    }
}
