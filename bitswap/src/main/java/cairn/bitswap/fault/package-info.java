/// What is done where a peer, or this program itself, goes wrong.
package cairn.bitswap.fault;
