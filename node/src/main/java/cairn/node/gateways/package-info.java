/// Blocks over HTTP: servers that give single blocks by their CIDs (trustless gateways, and plain
/// mirrors of such answers) and archives (CAR) at URLs, as sources of Bitswap's sessions. Nothing
/// that they say is believed: every block is hashed.
package cairn.node.gateways;
