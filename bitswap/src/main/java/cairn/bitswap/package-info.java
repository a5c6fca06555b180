/// Bitswap: blocks traded with peers. [cairn.bitswap.protocol.Bitswap] joins what asks
/// ([cairn.bitswap.client]) and what serves ([cairn.bitswap.server]) to a host; the interfaces here
/// are what it needs of whoever has a store.
package cairn.bitswap;
