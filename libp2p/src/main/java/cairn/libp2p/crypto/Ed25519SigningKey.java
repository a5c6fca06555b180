package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 private key: its seed of 32 bytes, then its public key of 32; old programs wrote the
/// public key twice. Source: RFC 8032, 5.1; libp2p/specs, peer-ids, "Ed25519".
final class Ed25519SigningKey extends SigningKey {
    private static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;
    private static final int PUBLIC_BYTES = Ed25519.PUBLIC_KEY_SIZE;
    private static final int BYTES = SEED_BYTES + PUBLIC_BYTES;
    private static final int OLD_BYTES = BYTES + PUBLIC_BYTES;

    private final Ed25519PrivateKeyParameters key;

    private Ed25519SigningKey(Ed25519PrivateKeyParameters key) {
        super(KeyType.ED25519, key.generatePublicKey().getEncoded());
        this.key = key;
    }

    static SigningKey create() {
        return new Ed25519SigningKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
    }

    /// A public key that isn't the seed's is refused: signatures made with it give away the seed.
    static SigningKey of(byte[] data) throws MalformedException {
        if (data.length != BYTES && data.length != OLD_BYTES)
            throw new MalformedException("ed25519 private key of " + data.length + " bytes");
        SigningKey key = ofSeed(Arrays.copyOf(data, SEED_BYTES));
        for (int at = SEED_BYTES; at < data.length; at += PUBLIC_BYTES)
            if (!Arrays.equals(
                    data, at, at + PUBLIC_BYTES, key.publicKey().data(), 0, PUBLIC_BYTES))
                throw new MalformedException("ed25519 private key with another's public key");
        return key;
    }

    static SigningKey ofSeed(byte[] seed) throws MalformedException {
        if (seed.length != SEED_BYTES)
            throw new MalformedException("ed25519 seed of " + seed.length + " bytes");
        return new Ed25519SigningKey(new Ed25519PrivateKeyParameters(seed));
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    byte[] seed() {
        return key.getEncoded();
    }

    @Override
    byte[] data() {
        byte[] data = Arrays.copyOf(seed(), BYTES);
        System.arraycopy(publicKey().data(), 0, data, SEED_BYTES, PUBLIC_BYTES);
        return data;
    }
}
