package cairn.multiformats;

/// A hash function that multihashes can name.
///
/// Implementations are safe for use by many threads at once.
public interface HashFunction {
    /// Its number in the registry.
    Multicodec code();

    /// The length of its whole digest, in bytes; for functions without a fixed length, the longest.
    int digestSize();

    /// The shortest digest that may be asked for, in bytes. Equal to [#digestSize] where a cut
    /// digest is not legal.
    int minDigestSize();

    /// Hashes a range of bytes to the whole digest.
    byte[] digest(byte[] bytes, int offset, int length);
}
