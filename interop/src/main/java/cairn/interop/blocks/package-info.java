/// Real peers that trade blocks: Kubo, Helia and Cairn, each holding or fetching the same DAGs, so
/// that what arrives can be compared byte for byte.
package cairn.interop.blocks;
