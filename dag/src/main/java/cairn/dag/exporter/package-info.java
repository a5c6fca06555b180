/// Reads UnixFS: resolves paths, streams files, lists directories. Blocks come through the port
/// [cairn.dag.BlockSource] and are fetched ahead of the reader.
package cairn.dag.exporter;
