package cairn.libp2p.crypto;

import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// A signing key is the private key of a peer, or of a name: whoever has it is that peer.
public final class SigningKey {
    private final Ed25519PrivateKeyParameters key;
    private final PublicKey publicKey;

    private SigningKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
        this.publicKey = PublicKey.of(KeyType.ED25519, key.generatePublicKey().getEncoded());
    }

    /// A new Ed25519 key.
    public static SigningKey generate() {
        return new SigningKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
    }

    /// The signature of a message, in the form of the key's type.
    public byte[] sign(byte[] message) {
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public PeerId peerId() {
        return publicKey.peerId();
    }
}
