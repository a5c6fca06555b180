/// The Noise security protocol: a handshake of three messages in which both ends prove the key that
/// their peer id names, and then messages that only they can read. Source: libp2p/specs, noise;
/// noiseprotocol.org, revision 34.
package cairn.libp2p.noise;
