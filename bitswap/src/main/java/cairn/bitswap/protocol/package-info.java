/// The protocol on a host: streams that peers open, and which peers speak it.
package cairn.bitswap.protocol;
