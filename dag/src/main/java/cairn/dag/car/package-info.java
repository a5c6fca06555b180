/// Content addressable archives (CAR): DAGs as one stream of blocks, read, written, exported from a
/// source and imported to a sink.
package cairn.dag.car;
