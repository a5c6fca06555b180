/// Paths from a root CID through the names of links, as people write them.
package cairn.dag.path;
