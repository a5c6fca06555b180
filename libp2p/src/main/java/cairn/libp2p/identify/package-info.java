/// The identify protocol: what peers tell each other of themselves when they meet, and push when it
/// changes. Source: libp2p/specs, identify.
package cairn.libp2p.identify;
