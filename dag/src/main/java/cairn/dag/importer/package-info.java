/// Files and folders to blocks: chunking, layout, directories and the pipeline that overlaps them.
/// The CIDs are those of Kubo 0.43 for the same options.
package cairn.dag.importer;
