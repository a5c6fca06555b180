/// Peers on the same network, found by multicast DNS: each node asks who is there, and says itself
/// where it listens. Source: libp2p/specs, `discovery/mdns.md`; RFC 6762.
package cairn.libp2p.mdns;
