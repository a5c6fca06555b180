/// Cuts streams of bytes into chunks: of one size, or where the content says so.
package cairn.dag.chunker;
