/// The soak: a process that adds, reads, pins and collects is killed at random, again and again,
/// and what it leaves is checked against what it acknowledged.
package cairn.bench.soak;
