package cairn.bitswap.client;

import cairn.bitswap.session.ExchangeStat;

/// How a client stands.
///
/// @param messages how many came
public record ClientStat(ExchangeStat exchange, long messages) {}
