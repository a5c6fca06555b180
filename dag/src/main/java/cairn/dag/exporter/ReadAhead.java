package cairn.dag.exporter;

import cairn.multiformats.Block;

/// How far a reader fetches blocks ahead of whoever takes them.
///
/// @param threads that fetch, besides the reader's own; platform threads, because a store's native
///   calls would pin the carriers of virtual ones; 0 reads nothing ahead
/// @param bytes of blocks that are under way or wait to be taken, per stream, as the DAG declares
///   them; at least one block is. All streams of a reader together hold twice as many, by the
///   blocks' true sizes. At most [#MAX_BYTES]
/// @param blocks the same, as a count
public record ReadAhead(int threads, long bytes, int blocks) {
    /// What suits a local store.
    public static final ReadAhead LOCAL = new ReadAhead(2, 8 << 20, 64);

    /// Nothing ahead, and no threads: for single nodes.
    public static final ReadAhead NONE = new ReadAhead(0, Block.MAX_BYTES, 1);

    /// The most bytes of one stream.
    public static final long MAX_BYTES = 512 << 20;

    public ReadAhead {
        if (threads < 0 || threads > 1024)
            throw new IllegalArgumentException("read-ahead by " + threads + " threads");
        if (bytes < Block.MAX_BYTES || bytes > MAX_BYTES)
            throw new IllegalArgumentException(
                    "read-ahead of "
                            + bytes
                            + " bytes; at least a block's "
                            + Block.MAX_BYTES
                            + ", at most "
                            + MAX_BYTES);
        if (blocks < 1) throw new IllegalArgumentException("read-ahead of " + blocks + " blocks");
    }
}
