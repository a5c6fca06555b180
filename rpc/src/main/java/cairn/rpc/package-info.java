/// The daemon of a repo: its node on the network, and the control API by which others tell it what
/// to do.
package cairn.rpc;
