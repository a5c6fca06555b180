/// The ping protocol: 32 bytes there and back, and how long that took. Source: libp2p/specs, ping.
package cairn.libp2p.ping;
