/// Which connections are kept when there are too many: how much each peer is worth to the host, and
/// who closes the others when.
package cairn.libp2p.connections;
