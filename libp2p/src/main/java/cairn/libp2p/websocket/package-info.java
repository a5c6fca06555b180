/// WebSocket (RFC 6455), plain and over TLS, as a duplex: for browsers, and for networks that let
/// nothing else through. Security and muxer of libp2p run inside it.
package cairn.libp2p.websocket;
