/// Files and folders to blocks: chunking, layout, directories and the pipeline that overlaps them.
/// The CIDs are those of Kubo 0.43 for the same options.
///
/// ```java
/// ImportOptions format = ImportOptions.of(Profile.UNIXFS_V1_2025);
/// TreeOptions tree = TreeOptions.DEFAULT.withHidden(true);
/// try (Importer importer =
///         new Importer(format, tree, Hashes.jdk(), sink, ImportListener.NONE)) {
///     Cid root = importer.importOne(ImportSource.path(Path.of("photos"))).cid();
/// }
/// ```
package cairn.dag.importer;
