/// Names to addresses: what `/dns`, `/dns4`, `/dns6` and `/dnsaddr` stand for, asked of the
/// system's name servers or of those that the configuration names. dnsjava reads and writes the
/// messages; sending them, caching and all limits are here.
package cairn.libp2p.dns;
