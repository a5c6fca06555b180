/// The hash functions that the JDK lacks, from libraries, for [cairn.multiformats.Hashes].
package cairn.hashes;
