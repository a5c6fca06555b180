package cairn.bitswap.session;

/// How an exchange stands.
///
/// @param sessions that want something
/// @param peers that are connected
/// @param wants of all sessions, each CID once
/// @param outstandingBytes what is asked for and not here yet, as large as it is expected to be
/// @param received what came, from all together
public record ExchangeStat(
        int sessions, int peers, int wants, long outstandingBytes, PartnerLedger received) {}
