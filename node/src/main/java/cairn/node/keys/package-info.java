/// The private keys of a repo: the node's own, by which it is known, and those that have names.
package cairn.node.keys;
