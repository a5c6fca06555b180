/// How connections are made and taken: the port that the host has to TCP, WebSocket and QUIC, which
/// are packages beside this one.
package cairn.libp2p.transport;
