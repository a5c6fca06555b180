/// Blocks that aren't here: fetched from peers while they are read, and kept.
package cairn.node.exchange;
