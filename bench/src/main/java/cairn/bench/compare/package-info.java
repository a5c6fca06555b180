/// Whole commands of Cairn's launcher, timed in turns with those of Kubo, and with what the machine
/// itself can do.
package cairn.bench.compare;
