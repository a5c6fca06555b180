/// Bytes a second: what is counted for the whole host, a peer and a protocol, and the rates that
/// connections are held to.
package cairn.libp2p.bandwidth;
