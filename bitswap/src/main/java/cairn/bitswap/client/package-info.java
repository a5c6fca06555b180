/// The client of Bitswap: sessions that fetch blocks from connected peers and other sources. It
/// brings the decisions of [cairn.bitswap.session] together with threads, streams and a clock.
package cairn.bitswap.client;
