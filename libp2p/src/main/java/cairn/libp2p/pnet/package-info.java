/// Private networks: who has the network's key hears and is heard, all others see noise. The cipher
/// lies below everything else on a connection and proves nothing: who the other end is, the
/// security above it finds out. Source: libp2p/specs, pnet.
package cairn.libp2p.pnet;
