/// A relay on loopback that makes a network of it: delay, bandwidth, loss, and the ways in which
/// connections die, for TCP and UDP. For kernels that can't do it themselves.
package cairn.testkit.relay;
