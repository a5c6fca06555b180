/// The streams that Bitswap's messages go out on. Nothing is ever read from them: what a peer says,
/// it says on streams that it opens, as every implementation does.
package cairn.bitswap.stream;
