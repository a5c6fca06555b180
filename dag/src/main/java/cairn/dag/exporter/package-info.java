/// Reads UnixFS: resolves paths, streams files, lists directories. Blocks come through the port
/// [cairn.dag.BlockSource] and are fetched ahead of the reader.
///
/// ```java
/// DagPath path = DagPath.parse("/ipfs/" + root + "/a.jpg");
/// try (UnixFsReader reader = new UnixFsReader(source, ReadAhead.LOCAL);
///         InputStream in = reader.openFile(path).openStream()) {
///     in.transferTo(out);
/// }
/// ```
package cairn.dag.exporter;
