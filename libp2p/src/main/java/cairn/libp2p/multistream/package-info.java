/// multistream-select 1.0.0: how two ends agree on the protocol that follows on a duplex, by name.
/// Source: multiformats/multistream-select.
package cairn.libp2p.multistream;
