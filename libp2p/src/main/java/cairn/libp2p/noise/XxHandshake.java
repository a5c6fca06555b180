package cairn.libp2p.noise;

import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The pattern XX: each end sends its static key, the initiator in its second message.
///
/// ```
/// -> e
/// <- e, ee, s, es
/// -> s, se
/// ```
///
/// Messages are written and read in turn. Source: the Noise framework, 5.3 and 7.5.
final class XxHandshake {
    private static final byte[] PROTOCOL =
            "Noise_XX_25519_ChaChaPoly_SHA256".getBytes(StandardCharsets.US_ASCII);

    private static final int KEY_BYTES = KeyAgreement.KEY_BYTES;

    private final SymmetricState state;
    private final Role role;
    private final KeyAgreement staticKey;
    private final KeyAgreement ephemeralKey;
    private byte[] remoteStatic = new byte[0];
    private byte[] remoteEphemeral = new byte[0];
    private int messages;

    XxHandshake(Role role, KeyAgreement staticKey, KeyAgreement ephemeralKey, byte[] prologue) {
        this.role = role;
        this.staticKey = staticKey;
        this.ephemeralKey = ephemeralKey;
        this.state = new SymmetricState(PROTOCOL, prologue);
    }

    /// The next message, with something to say in it: from the second message on only the other end
    /// can read that.
    byte[] write(byte[] payload) throws IOException {
        byte[] message = new byte[2 * KEY_BYTES + 2 * CipherState.TAG_BYTES + payload.length];
        int at = 0;
        switch (messages++) {
            case 0 -> at = writeEphemeral(message);
            case 1 -> {
                at = writeEphemeral(message);
                state.mixKey(ephemeralKey.secret(remoteEphemeral));
                at = state.encryptAndHash(staticKey.publicKey(), message, at);
                state.mixKey(staticKey.secret(remoteEphemeral));
            }
            case 2 -> {
                at = state.encryptAndHash(staticKey.publicKey(), message, at);
                state.mixKey(staticKey.secret(remoteEphemeral));
            }
            default -> throw new IllegalStateException("the handshake is done");
        }
        at = state.encryptAndHash(payload, message, at);
        return Arrays.copyOf(message, at);
    }

    /// Reads the next message.
    ///
    /// @return what the other end says in it
    /// @throws IOException when it isn't what an end that knows the keys would have sent
    byte[] read(byte[] message) throws IOException {
        int at = 0;
        switch (messages++) {
            case 0 -> at = readEphemeral(message);
            case 1 -> {
                at = readEphemeral(message);
                state.mixKey(ephemeralKey.secret(remoteEphemeral));
                at = readStatic(message, at);
                state.mixKey(ephemeralKey.secret(remoteStatic));
            }
            case 2 -> {
                at = readStatic(message, at);
                state.mixKey(ephemeralKey.secret(remoteStatic));
            }
            default -> throw new IllegalStateException("the handshake is done");
        }
        return state.decryptAndHash(message, at, message.length - at);
    }

    private int writeEphemeral(byte[] message) {
        System.arraycopy(ephemeralKey.publicKey(), 0, message, 0, KEY_BYTES);
        state.mixHash(message, 0, KEY_BYTES);
        return KEY_BYTES;
    }

    private int readEphemeral(byte[] message) throws IOException {
        require(message, KEY_BYTES);
        remoteEphemeral = Arrays.copyOf(message, KEY_BYTES);
        state.mixHash(message, 0, KEY_BYTES);
        return KEY_BYTES;
    }

    private int readStatic(byte[] message, int at) throws IOException {
        int end = at + KEY_BYTES + CipherState.TAG_BYTES;
        require(message, end);
        remoteStatic = state.decryptAndHash(message, at, end - at);
        return end;
    }

    private static void require(byte[] message, int length) throws IOException {
        if (message.length < length)
            throw new IOException("handshake message of " + message.length + " bytes");
    }

    /// The static key that the other end has shown: it has it, but whose it is remains to be
    /// proven.
    byte[] remoteStatic() {
        return remoteStatic.clone();
    }

    /// The keys of what follows: that of this end's messages, and that of the other's. Called once,
    /// after the third message.
    List<CipherState> finish() {
        if (messages != 3) throw new IllegalStateException("after " + messages + " messages");
        List<CipherState> keys = state.split();
        return role == Role.INITIATOR ? keys : keys.reversed();
    }
}
