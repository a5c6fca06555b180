/// A node on the network, for programs that hold one in their own process.
package cairn.node.online;
