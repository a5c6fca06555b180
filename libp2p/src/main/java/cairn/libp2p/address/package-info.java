/// What addresses are worth, and to whom: their kind, masks over them, the ones of this host's
/// interfaces, what others see of this host, and which of them all are announced.
package cairn.libp2p.address;
