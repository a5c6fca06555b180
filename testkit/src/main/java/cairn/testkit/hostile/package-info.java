/// Peers that behave badly on purpose, and what is needed to tell that a host bears it: an
/// [Attacker] that carries out [Attack]s, a [Bystander] who must be served meanwhile, a [Footprint]
/// of what the process holds. On loopback, in one process.
package cairn.testkit.hostile;
