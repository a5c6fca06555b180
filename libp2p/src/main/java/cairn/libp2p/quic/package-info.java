/// QUIC version 1 between peers: a transport whose connections come with security and streams of
/// their own. One UDP socket takes connections and dials them; each connection's streams are
/// blocking ends of byte pipes for virtual threads, while one event loop a socket moves packets.
/// Source: libp2p/specs, quic; RFC 9000, 9001, 9002.
package cairn.libp2p.quic;
