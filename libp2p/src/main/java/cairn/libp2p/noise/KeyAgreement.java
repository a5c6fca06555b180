package cairn.libp2p.noise;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/// A key of X25519, made for one handshake. Source: RFC 7748, 6.1.
final class KeyAgreement {
    static final int KEY_BYTES = 32;

    private final byte[] privateKey;
    private final byte[] publicKey = new byte[KEY_BYTES];

    /// @param privateKey 32 bytes, which are copied
    KeyAgreement(byte[] privateKey) {
        this.privateKey = privateKey.clone();
        X25519.generatePublicKey(this.privateKey, 0, publicKey, 0);
    }

    static KeyAgreement generate(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new KeyAgreement(key);
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /// The secret that this key and another end's have in common.
    ///
    /// @throws IOException when the other key is one of those with which every secret is zero
    byte[] secret(byte[] other) throws IOException {
        byte[] secret = new byte[KEY_BYTES];
        if (!X25519.calculateAgreement(
                privateKey, 0, Arrays.copyOf(other, KEY_BYTES), 0, secret, 0))
            throw new IOException("the other end's key agrees with all keys");
        return secret;
    }
}
