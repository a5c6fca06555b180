/// What the client decides, without network, threads and clock: which partner is asked for which
/// block, how much may be outstanding, when an answer is late, when a block can't be found.
/// [cairn.bitswap.session.Exchange] is told what happens and when, and tells partners through
/// [cairn.bitswap.session.Voice].
package cairn.bitswap.session;
