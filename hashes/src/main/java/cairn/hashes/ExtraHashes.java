package cairn.hashes;

import static cairn.hashes.BouncyCastleHash.Family.BLAKE2B;
import static cairn.hashes.BouncyCastleHash.Family.BLAKE2S;
import static cairn.hashes.BouncyCastleHash.Family.KECCAK;

import cairn.multiformats.HashFunction;
import java.util.ArrayList;
import java.util.List;

/// The hash functions of the registry that the JDK lacks: keccak, blake2b, blake2s, blake3 and
/// murmur3. A node adds them to its set: `Hashes.jdk().with(ExtraHashes.all())`.
public final class ExtraHashes {
    private ExtraHashes() {}

    /// All of them. Listing them loads no class of a library; a function loads its own on first
    /// use.
    public static List<HashFunction> all() {
        List<HashFunction> all = new ArrayList<>();
        all.add(new BouncyCastleHash(KECCAK, 0x1a, 28));
        all.add(new BouncyCastleHash(KECCAK, 0x1b, 32));
        all.add(new BouncyCastleHash(KECCAK, 0x1c, 48));
        all.add(new BouncyCastleHash(KECCAK, 0x1d, 64));
        all.add(new Blake3Hash());
        for (int size = 1; size <= 64; size++)
            all.add(new BouncyCastleHash(BLAKE2B, 0xb200 + size, size));
        for (int size = 1; size <= 32; size++)
            all.add(new BouncyCastleHash(BLAKE2S, 0xb240 + size, size));
        all.addAll(Murmur3Hash.all());
        return List.copyOf(all);
    }
}
