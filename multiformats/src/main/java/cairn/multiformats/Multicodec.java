package cairn.multiformats;

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

    /// The value for a number; the ones named above are shared.
    public static Multicodec of(long code) {
        return switch ((int) code) {
            case 0x12 -> code == 0x12 ? SHA2_256 : new Multicodec(code);
            case 0x55 -> code == 0x55 ? RAW : new Multicodec(code);
            case 0x70 -> code == 0x70 ? DAG_PB : new Multicodec(code);
            default -> new Multicodec(code);
        };
    }
}
