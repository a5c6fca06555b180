/// The hash functions that the JDK lacks, from libraries, for [cairn.multiformats.Hashes]. The one
/// way in is [cairn.hashes.ExtraHashes]; no class of a library is in a signature.
package cairn.hashes;
