/// The host: all parts of this module, wired together. A program makes a [HostOptions], opens a
/// [Host], and speaks through it.
package cairn.libp2p.host;
