/// Who a peer is: its id, and the public key that the id names. Values only; keys that sign and
/// verify are in `cairn.libp2p.crypto`.
package cairn.multiformats.peer;
