package cairn.bitswap.server;

/// What passed between a peer and the server.
///
/// @param bytesSent of blocks
/// @param wantsReceived entries that were no cancels, repeated ones too
public record ServerLedger(long bytesSent, long blocksSent, long wantsReceived) {
    static final ServerLedger EMPTY = new ServerLedger(0, 0, 0);
}
