package cairn.multiformats;

import java.util.List;
import java.util.Optional;

/// A multicodec is the number that says what the bytes behind it are: the codec of a block, or the
/// function of a multihash. Source: the registry multiformats/multicodec.
///
/// Any number is a value; only registered ones have a name.
public record Multicodec(long code) {
    public static final Multicodec IDENTITY = new Multicodec(0x00);
    public static final Multicodec SHA1 = new Multicodec(0x11);
    public static final Multicodec SHA2_256 = new Multicodec(0x12);
    public static final Multicodec SHA2_512 = new Multicodec(0x13);
    public static final Multicodec MURMUR3_X64_64 = new Multicodec(0x22);
    public static final Multicodec RAW = new Multicodec(0x55);
    public static final Multicodec DAG_PB = new Multicodec(0x70);
    public static final Multicodec DAG_CBOR = new Multicodec(0x71);
    public static final Multicodec LIBP2P_KEY = new Multicodec(0x72);
    public static final Multicodec DAG_JSON = new Multicodec(0x0129);

    public Multicodec {
        if (code < 0) throw new IllegalArgumentException("negative multicodec " + code);
    }

    /// The value for a number; the commonest are shared.
    public static Multicodec of(long code) {
        if (code == 0x12) return SHA2_256;
        if (code == 0x55) return RAW;
        if (code == 0x70) return DAG_PB;
        return new Multicodec(code);
    }

    /// The value that the registry gives a name to, such as `dag-pb`.
    public static Optional<Multicodec> named(String name) {
        return switch (name) {
            case "sha2-256" -> Optional.of(SHA2_256);
            case "raw" -> Optional.of(RAW);
            case "dag-pb" -> Optional.of(DAG_PB);
            default -> MulticodecNames.find(name);
        };
    }

    /// The codecs of blocks that the registry names, by number.
    public static List<Multicodec> ofBlocks() {
        return MulticodecNames.ofBlocks();
    }

    /// The functions of multihashes that have a name, by number. Few of them are for new blocks,
    /// see [Hashes#isAllowed].
    public static List<Multicodec> ofHashes() {
        return MulticodecNames.ofHashes();
    }

    /// The name in the registry, such as `dag-pb`; empty for a number that it lacks.
    public Optional<String> name() {
        if (code == 0x12) return Optional.of("sha2-256");
        if (code == 0x55) return Optional.of("raw");
        if (code == 0x70) return Optional.of("dag-pb");
        return MulticodecNames.find(code);
    }

    /// The name, or else the number as `0x...`.
    @Override
    public String toString() {
        Optional<String> name = name();
        return name.isPresent() ? name.get() : "0x" + Long.toHexString(code);
    }
}
