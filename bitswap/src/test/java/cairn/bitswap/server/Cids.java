package cairn.bitswap.server;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.nio.ByteBuffer;

/// Names and blocks for tests, made of numbers.
final class Cids {
    private static final HashFunction SHA = Hashes.jdk().find(Multicodec.SHA2_256).orElseThrow();

    private Cids() {}

    /// The name of a block that nobody has.
    static Cid of(int number) {
        byte[] digest = new byte[32];
        ByteBuffer.wrap(digest).putInt(number);
        return Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.SHA2_256, digest));
    }

    /// A block of so many bytes, at least four.
    static Block block(int number, int size) {
        byte[] bytes = new byte[size];
        ByteBuffer.wrap(bytes).putInt(number);
        return Block.hashed(1, Multicodec.RAW, SHA, bytes);
    }
}
