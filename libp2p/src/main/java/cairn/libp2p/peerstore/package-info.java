/// What is known of peers: where they are, what they speak, how far they are; bounded, forgotten in
/// time, and kept over restarts.
package cairn.libp2p.peerstore;
