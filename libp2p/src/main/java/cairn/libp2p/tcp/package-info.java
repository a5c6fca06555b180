/// TCP: connections as blocking channels on virtual threads, dialled from the port that is listened
/// on. What happens on a connection before it is upgraded is left to others, so that WebSocket
/// listens and dials by the same code.
package cairn.libp2p.tcp;
