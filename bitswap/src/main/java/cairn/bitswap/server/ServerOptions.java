package cairn.bitswap.server;

import cairn.multiformats.Block;

/// How much the server does for peers.
///
/// @param enabled whether blocks are served; where not, a peer that asks to be told gets DONT_HAVE
///   for everything, and nothing is remembered
/// @param mostWants how many wants are kept for a peer; see [WantQueue] for which are dropped
/// @param mostOutstanding how many bytes of blocks are read for a peer before it has taken the last
///   message, one message at the least
/// @param workers how many threads look blocks up and read them
/// @param tinyBlock the size of a block, at most, that is sent to one who only asks who has it
/// @param mostInMemory how many bytes of blocks wait to be sent, over all peers, after which no
///   further are read; what the workers are just reading may come on top
public record ServerOptions(
        boolean enabled,
        int mostWants,
        int mostOutstanding,
        int workers,
        int tinyBlock,
        long mostInMemory) {
    /// As many as boxo keeps, and as its clients keep to.
    private static final int MOST_WANTS = 1024;

    /// Two blocks of the largest size in wide use, 1 MiB: one is written while the next is read.
    private static final int MOST_OUTSTANDING = 2 << 20;

    /// As many as boxo has.
    private static final int WORKERS = 8;

    /// As small as boxo's: its presence takes hardly less.
    private static final int TINY_BLOCK = 1024;

    /// Enough that 64 peers have a message written and one ready, little enough for a small heap.
    private static final long MOST_IN_MEMORY = 32 << 20;

    public static final ServerOptions DEFAULTS =
            new ServerOptions(
                    true, MOST_WANTS, MOST_OUTSTANDING, WORKERS, TINY_BLOCK, MOST_IN_MEMORY);

    public ServerOptions {
        if (mostWants < 1 || mostOutstanding < 1 || workers < 1 || mostInMemory < 1)
            throw new IllegalArgumentException("every limit of the server is at least 1");
        if (tinyBlock < 0 || tinyBlock > Block.MAX_BYTES)
            throw new IllegalArgumentException("no block has " + tinyBlock + " bytes");
    }

    /// The same, with blocks served or not.
    public ServerOptions withEnabled(boolean is) {
        return new ServerOptions(is, mostWants, mostOutstanding, workers, tinyBlock, mostInMemory);
    }

    /// The same, with another number of wants a peer.
    public ServerOptions withMostWants(int most) {
        return new ServerOptions(enabled, most, mostOutstanding, workers, tinyBlock, mostInMemory);
    }

    /// The same, with other bytes a peer.
    public ServerOptions withMostOutstanding(int most) {
        return new ServerOptions(enabled, mostWants, most, workers, tinyBlock, mostInMemory);
    }

    /// The same, with another number of workers.
    public ServerOptions withWorkers(int count) {
        return new ServerOptions(
                enabled, mostWants, mostOutstanding, count, tinyBlock, mostInMemory);
    }

    /// The same, with other bytes over all peers.
    public ServerOptions withMostInMemory(long most) {
        return new ServerOptions(enabled, mostWants, mostOutstanding, workers, tinyBlock, most);
    }
}
