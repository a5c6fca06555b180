/// Bitswap's messages: what peers say that they want, have and don't have, and the blocks. Read
/// piece by piece, so that nothing is held that isn't used; written without copying blocks. Source:
/// specs.ipfs.tech/bitswap-protocol.
package cairn.bitswap.message;
