/// Connections to peers and the streams on them: who is connected, how a stream finds its handler,
/// who is told when that changes. Protocols are in packages above; how links are made, below.
package cairn.libp2p.swarm;
