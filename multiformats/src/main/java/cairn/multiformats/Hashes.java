package cairn.multiformats;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A set of hash functions: what a node can name and check blocks with. Immutable.
public final class Hashes {
    private static final String SUGGESTION =
            "; use sha2-256, sha2-512, sha3-256, blake2b-256 or blake3";

    private final Map<Long, HashFunction> functions;

    private Hashes(Map<Long, HashFunction> functions) {
        this.functions = Map.copyOf(functions);
    }

    /// A set of the given functions.
    public static Hashes of(Collection<? extends HashFunction> functions) {
        Map<Long, HashFunction> byCode = new HashMap<>();
        for (HashFunction f : functions) byCode.put(f.code().code(), f);
        return new Hashes(byCode);
    }

    /// The functions that the JDK has: identity, sha1, the sha2 and sha3 families, shake,
    /// dbl-sha2-256.
    public static Hashes jdk() {
        return of(JdkHashes.all());
    }

    /// These functions and further ones; of two with one code the further one is taken.
    public Hashes with(Collection<? extends HashFunction> further) {
        Map<Long, HashFunction> both = new HashMap<>(functions);
        for (HashFunction f : further) both.put(f.code().code(), f);
        return new Hashes(both);
    }

    /// The function with a code, if the set has it.
    public Optional<HashFunction> find(Multicodec code) {
        return Optional.ofNullable(functions.get(code.code()));
    }

    /// All functions, in no order.
    public Collection<HashFunction> all() {
        return functions.values();
    }

    /// Whether some bytes are what a multihash says they are.
    ///
    /// @throws UnknownHashException when that can't be told: the set lacks the function, or the
    ///   digest is shorter or longer than the function's may be
    public boolean matches(Multihash hash, byte[] bytes) throws UnknownHashException {
        return matches(hash, bytes, bytes.length);
    }

    /// Whether the first bytes of a buffer are what a multihash says they are.
    ///
    /// @throws UnknownHashException likewise
    public boolean matches(Multihash hash, byte[] buffer, int length) throws UnknownHashException {
        HashFunction function = require(hash.function());
        int size = hash.digestSize();
        if (size < function.minDigestSize() || size > function.digestSize())
            throw new UnknownHashException(
                    "a digest of "
                            + size
                            + " bytes by "
                            + function.code()
                            + ", which has "
                            + lengths(function));
        // The digest of identity is the bytes, so that of other bytes may not even have its size.
        if (function.code().equals(Multicodec.IDENTITY))
            return hash.isDigest(Arrays.copyOf(buffer, length));
        return hash.isDigest(function.digest(buffer, 0, length, size));
    }

    private HashFunction require(Multicodec code) throws UnknownHashException {
        HashFunction function = functions.get(code.code());
        if (function == null) throw new UnknownHashException(code);
        return function;
    }

    private static String lengths(HashFunction function) {
        return function.minDigestSize() == function.digestSize()
                ? String.valueOf(function.digestSize())
                : function.minDigestSize() + " to " + function.digestSize();
    }

    /// The function with a name that new blocks may be named by; the case of the name doesn't
    /// matter, and `sha3` is `sha3-512`, as in Kubo.
    ///
    /// @throws UnknownHashException when there is no such function, it is not [#isAllowed], or the
    ///   set lacks it
    public HashFunction forNewBlocks(String name) throws UnknownHashException {
        String lower = name.toLowerCase(Locale.ROOT);
        Optional<Multicodec> code = Multicodec.named(lower.equals("sha3") ? "sha3-512" : lower);
        if (code.isEmpty())
            throw new UnknownHashException("there is no hash function '" + name + "'" + SUGGESTION);
        return forNewBlocks(code.get());
    }

    /// The function with a code that new blocks may be named by.
    ///
    /// @throws UnknownHashException when it is not [#isAllowed], or the set lacks it
    public HashFunction forNewBlocks(Multicodec code) throws UnknownHashException {
        if (!isAllowed(code))
            throw new UnknownHashException(
                    "'"
                            + code
                            + "' is not a hash function for new blocks: peers refuse what it names"
                            + SUGGESTION);
        return require(code);
    }

    /// Whether peers take blocks that a function names: identity and the cryptographic ones that
    /// the field agreed on. Source: Kubo 0.43, `ipfs cid hashes`.
    public static boolean isAllowed(Multicodec function) {
        long code = function.code();
        return code == 0x00 // identity
                || (code >= 0x11 && code <= 0x17) // sha1, sha2-256, sha2-512, sha3
                || (code >= 0x19 && code <= 0x1e) // shake-256, keccak, blake3
                || code == 0x56 // dbl-sha2-256
                || (code >= 0xb214 && code <= 0xb240) // blake2b-160 to -512
                || (code >= 0xb254 && code <= 0xb260); // blake2s-160 to -256
    }
}
