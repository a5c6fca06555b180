package cairn.multiformats;

import java.util.Arrays;

/// A hash function that multihashes can name.
///
/// A digest may be cut: the first bytes of it name the same bytes, as long as there are at least
/// [#minDigestSize]. Implementations are safe for use by many threads at once.
public interface HashFunction {
    /// The shortest digest that still names bytes safely, in bytes (Kubo's limit). Functions whose
    /// whole digest is shorter can't be cut.
    int SAFE_DIGEST_BYTES = 20;

    /// Its number in the registry.
    Multicodec code();

    /// The length of its whole digest, in bytes; for functions without a fixed length, the longest.
    int digestSize();

    /// The shortest digest that may be asked for, in bytes. Equal to [#digestSize] where a cut
    /// digest is not legal.
    default int minDigestSize() {
        return Math.min(SAFE_DIGEST_BYTES, digestSize());
    }

    /// The length of the digest that new multihashes get, in bytes: the whole one, or what the
    /// field uses of a function without a fixed length.
    default int usualDigestSize() {
        return digestSize();
    }

    /// Hashes a range of bytes to the whole digest.
    byte[] digest(byte[] bytes, int offset, int length);

    /// Hashes a range of bytes to the first bytes of the digest.
    ///
    /// @param size of the digest, at most [#digestSize]
    default byte[] digest(byte[] bytes, int offset, int length, int size) {
        if (size > digestSize())
            throw new IllegalArgumentException(
                    code() + " has digests of at most " + digestSize() + " bytes, not " + size);
        byte[] whole = digest(bytes, offset, length);
        return whole.length == size ? whole : Arrays.copyOf(whole, size);
    }

    /// The multihash that new content gets: with a digest of [#usualDigestSize].
    default Multihash hash(byte[] bytes, int offset, int length) {
        return Multihash.of(code(), digest(bytes, offset, length, usualDigestSize()));
    }
}
