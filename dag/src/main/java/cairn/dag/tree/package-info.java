/// Trees of files, before they are blocks: found on disk by a walk, or coming in as a stream.
package cairn.dag.tree;
