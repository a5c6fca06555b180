package cairn.multiformats.peer;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multibase;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A peer id names a peer by its public key: the multihash of the encoded key, or the encoded key
/// itself under the identity hash where it has at most 42 bytes (Ed25519, secp256k1).
///
/// Text: base58btc of the multihash (`12D3KooW...`, `16Uiu2...`, `Qm...`), or a CIDv1 of codec
/// libp2p-key in any base. Source: libp2p/specs, peer-ids.
public record PeerId(Multihash hash) implements Comparable<PeerId> {
    /// The longest text that is read: in base 2, the longest id as a CID has 377 characters.
    public static final int MAX_TEXT_CHARS = 512;

    public PeerId {
        boolean inline =
                hash.function().equals(Multicodec.IDENTITY)
                        && hash.digestSize() <= PublicKey.MAX_INLINE_BYTES;
        boolean hashed = hash.function().equals(Multicodec.SHA2_256) && hash.digestSize() == 32;
        if (!inline && !hashed)
            throw new IllegalArgumentException(
                    "a peer id is a sha2-256 of 32 bytes or an identity hash of at most "
                            + PublicKey.MAX_INLINE_BYTES
                            + " bytes, not "
                            + hash);
    }

    /// The id that is this multihash.
    ///
    /// @throws IllegalArgumentException when no peer id has this function or length
    public static PeerId of(Multihash hash) {
        return new PeerId(hash);
    }

    /// The id that these bytes are: a multihash and nothing else.
    public static PeerId of(byte[] bytes) throws MalformedException {
        return checked(Multihash.of(bytes));
    }

    /// The id that a text is.
    public static PeerId parse(String text) throws MalformedException {
        if (text.length() > MAX_TEXT_CHARS)
            throw new MalformedException("peer id of " + text.length() + " characters");
        if (text.startsWith("Qm") || text.startsWith("1"))
            return of(Multibase.BASE58_BTC.decodeBare(text));
        Cid cid = Cid.parse(text);
        if (!cid.codec().equals(Multicodec.LIBP2P_KEY))
            throw new MalformedException(
                    "a peer id as a CID has the codec libp2p-key, not " + cid.codec());
        return checked(cid.hash());
    }

    private static PeerId checked(Multihash hash) throws MalformedException {
        try {
            return new PeerId(hash);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    /// The public key, where the id holds it.
    public Optional<PublicKey> publicKey() {
        if (!hash.function().equals(Multicodec.IDENTITY)) return Optional.empty();
        try {
            return Optional.of(PublicKey.decode(hash.digest()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /// The bytes: those of the multihash.
    public byte[] bytes() {
        return hash.bytes();
    }

    /// Appends the bytes to a buffer.
    public void writeTo(ByteBuffer out) {
        hash.writeTo(out);
    }

    /// The CIDv1 of codec libp2p-key, as IPNS names it.
    public Cid toCid() {
        return Cid.v1(Multicodec.LIBP2P_KEY, hash);
    }

    @Override
    public int compareTo(PeerId other) {
        return hash.compareTo(other.hash);
    }

    /// Base58btc, as most programs print it.
    @Override
    public String toString() {
        return Multibase.BASE58_BTC.encodeBare(hash.bytes());
    }
}
