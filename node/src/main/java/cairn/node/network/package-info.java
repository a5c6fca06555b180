/// A repo's node on the network: a libp2p host with the repo's identity and settings.
package cairn.node.network;
