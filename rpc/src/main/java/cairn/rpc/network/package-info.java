/// The endpoints of the control API that are about the network: peers, connections, limits.
package cairn.rpc.network;
