/// Benchmarks: of whole commands against other implementations, and of the parts.
package cairn.bench;
