/// Benchmarks of the parts, with JMH: hashing, chunkers, dag-pb and the store.
package cairn.bench.micro;
