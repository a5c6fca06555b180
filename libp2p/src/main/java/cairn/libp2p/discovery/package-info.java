/// How a host finds the peers that it begins with: those of a list, those it keeps connected, and
/// those on its LAN.
package cairn.libp2p.discovery;
