package cairn.interop;

import cairn.multiformats.peer.KeyType;
import java.util.List;

/// Which keys implementations take for a peer.
final class KeysOf {
    /// js-libp2p 3 has no peer ids of ECDSA keys.
    static final List<KeyType> JS = List.of(KeyType.ED25519, KeyType.RSA, KeyType.SECP256K1);

    private KeysOf() {}
}
