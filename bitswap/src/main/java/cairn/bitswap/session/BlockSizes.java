package cairn.bitswap.session;

import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;

/// How large the next block of a session is likely to be, by whether it is a raw leaf or a node:
/// learned quickly upwards, slowly downwards, so that a window isn't filled with blocks that turn
/// out to be many times as large.
final class BlockSizes {
    /// What chunkers make most.
    private static final int FIRST_GUESS = 256 << 10;

    private static final int UP = 2;
    private static final int DOWN = 4;

    private int raw = FIRST_GUESS;
    private int node = FIRST_GUESS;

    int expected(Cid cid) {
        return isRaw(cid) ? raw : node;
    }

    void learn(Cid cid, int size) {
        if (isRaw(cid)) raw = towards(raw, size);
        else node = towards(node, size);
    }

    private static boolean isRaw(Cid cid) {
        return cid.codec().code() == Multicodec.RAW.code();
    }

    private static int towards(int from, int size) {
        return Math.max(1, from + (size - from) / (size > from ? UP : DOWN));
    }
}
