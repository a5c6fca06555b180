package cairn.bitswap.server;

/// What the server holds now, and has done since it was made.
///
/// @param peers that have asked for something and are still connected
/// @param wants of all of them, those included whose blocks aren't here
/// @param bytesInMemory of blocks that wait to be sent, or are being sent
/// @param sent to all peers, those included that have left
/// @param presencesSent HAVE and DONT_HAVE
/// @param wantsDropped because a peer wanted too much at once
public record ServerStat(
        int peers,
        int wants,
        long bytesInMemory,
        ServerLedger sent,
        long presencesSent,
        long wantsDropped) {}
