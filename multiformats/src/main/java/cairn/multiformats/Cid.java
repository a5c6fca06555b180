package cairn.multiformats;

import java.nio.ByteBuffer;

/// A CID names a block: the version, the codec of its bytes, and their multihash.
///
/// In bytes, version 0 is a bare sha2-256 multihash of 34 bytes; version 1 is varint 1, varint
/// codec, multihash. In text, version 0 is base58btc without a prefix (`Qm...`), version 1 any
/// multibase, base32 by default. Source: multiformats/cid.
///
/// A CID whose codec or hash function has no name is a CID all the same: it can be printed and
/// compared, and only what is behind it can't be read.
public record Cid(int version, Multicodec codec, Multihash hash) {
    /// The longest CID, in bytes: version, codec, multihash.
    public static final int MAX_BYTES = 1 + Varint.MAX_BYTES + Multihash.MAX_BYTES;

    /// The longest CID, in characters: that of [#MAX_BYTES] in base2. Longer texts are refused
    /// unread.
    public static final int MAX_TEXT_CHARS = 1 + 8 * MAX_BYTES;

    public Cid {
        if (version != 0 && version != 1)
            throw new IllegalArgumentException("no CID version " + version);
        if (version == 0 && !codec.equals(Multicodec.DAG_PB))
            throw new IllegalArgumentException("CIDv0 is always dag-pb, got " + codec);
        if (version == 0 && !isV0(hash))
            throw new IllegalArgumentException("CIDv0 is always a sha2-256 of 32 bytes");
    }

    /// The CID of version 0.
    ///
    /// @throws IllegalArgumentException when version 0 can't name the hash, see [#isV0]
    public static Cid v0(Multihash hash) {
        return new Cid(0, Multicodec.DAG_PB, hash);
    }

    /// The CID of version 1.
    public static Cid v1(Multicodec codec, Multihash hash) {
        return new Cid(1, codec, hash);
    }

    /// Whether version 0 can name this hash.
    public static boolean isV0(Multihash hash) {
        return hash.digestSize() == 32 && hash.function().equals(Multicodec.SHA2_256);
    }

    /// The CID that a text is.
    ///
    /// @throws MalformedException when it is none; for a wrong character it says which and at which
    ///   position (1-based, in code points)
    public static Cid parse(String text) throws MalformedException {
        return CidText.parse(text);
    }

    /// Reads one CID and moves the buffer's position past it.
    ///
    /// @throws MalformedException when there is none, or when a varint is not minimal
    public static Cid read(ByteBuffer in) throws MalformedException {
        int start = in.position();
        if (in.remaining() >= 2 && in.get(start) == 0x12 && in.get(start + 1) == 0x20)
            return v0(Multihash.read(in));
        long version = Varint.read(in);
        if (version != 1) throw new MalformedException("CID version " + version + " is unknown");
        Multicodec codec = Multicodec.of(Varint.read(in));
        return v1(codec, Multihash.read(in));
    }

    /// Reads bytes that are one CID and nothing else.
    ///
    /// @throws MalformedException as [#read], and when bytes are left
    public static Cid of(byte[] bytes) throws MalformedException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Cid cid = read(in);
        if (in.hasRemaining())
            throw new MalformedException(in.remaining() + " bytes after the CID");
        return cid;
    }

    /// The CID in bytes.
    public byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(size());
        writeTo(out);
        return out.array();
    }

    /// The number of bytes that the CID takes.
    public int size() {
        return version == 0
                ? hash.size()
                : Varint.size(version) + Varint.size(codec.code()) + hash.size();
    }

    /// Appends the CID's bytes to a buffer.
    public void writeTo(ByteBuffer out) {
        if (version == 1) {
            Varint.write(version, out);
            Varint.write(codec.code(), out);
        }
        hash.writeTo(out);
    }

    /// The text in a base; version 0 has only base58btc, without a prefix.
    ///
    /// @throws IllegalArgumentException for version 0 in another base
    public String toString(Multibase base) {
        return CidText.print(this, base);
    }

    /// The usual text: base58btc for version 0, base32 for version 1.
    @Override
    public String toString() {
        return CidText.print(this);
    }
}
