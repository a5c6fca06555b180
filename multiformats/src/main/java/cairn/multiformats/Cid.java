package cairn.multiformats;

import java.nio.ByteBuffer;

/// A CID names a block: the version, the codec of its bytes, and their multihash.
///
/// In bytes, version 0 is a bare sha2-256 multihash of 34 bytes; version 1 is varint 1, varint
/// codec, multihash. Source: multiformats/cid.
public record Cid(int version, Multicodec codec, Multihash hash) {
    public Cid {
        if (version != 0 && version != 1)
            throw new IllegalArgumentException("no CID version " + version);
        if (version == 0 && !codec.equals(Multicodec.DAG_PB))
            throw new IllegalArgumentException("CIDv0 is always dag-pb, got " + codec);
        if (version == 0 && !isV0(hash))
            throw new IllegalArgumentException("CIDv0 is always a sha2-256 of 32 bytes");
    }

    public static Cid v0(Multihash hash) {
        return new Cid(0, Multicodec.DAG_PB, hash);
    }

    public static Cid v1(Multicodec codec, Multihash hash) {
        return new Cid(1, codec, hash);
    }

    /// Whether version 0 can name this hash.
    public static boolean isV0(Multihash hash) {
        return hash.digestSize() == 32 && hash.function().equals(Multicodec.SHA2_256);
    }

    /// Reads one CID and moves the buffer's position past it.
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
}
