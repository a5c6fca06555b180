/// What a peer, a protocol and the whole host may use: connections, streams, memory, and bytes a
/// second. Everything is reserved before it is used, and given back when its user is closed.
package cairn.libp2p.limits;
