package cairn.multiformats;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A set of hash functions: what a node can name and check blocks with. Immutable.
public final class Hashes {
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

    /// The functions that the JDK has.
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
    /// @throws UnknownHashException when the set lacks the function
    public boolean matches(Multihash hash, byte[] bytes) throws UnknownHashException {
        HashFunction function =
                find(hash.function()).orElseThrow(() -> new UnknownHashException(hash.function()));
        byte[] digest = function.digest(bytes, 0, bytes.length);
        byte[] wanted = hash.digest();
        return wanted.length <= digest.length
                && wanted.length >= Math.min(function.minDigestSize(), digest.length)
                && Arrays.equals(digest, 0, wanted.length, wanted, 0, wanted.length);
    }
}
