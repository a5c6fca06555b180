/// TLS 1.3 between peers: the certificate that carries a peer's key, the check of it, and the
/// records over a duplex. QUIC takes the certificates from here; secure WebSocket takes the
/// records, under certificates of the usual kind. Source: libp2p/specs, tls.
package cairn.libp2p.tls;
