/// Many streams over one connection, as everything above sees them. What makes them, yamux or QUIC,
/// is in packages beside this one.
package cairn.libp2p.muxer;
