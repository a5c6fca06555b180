/// Merkle DAGs of dag-pb nodes, and the ports through which they are read and written.
package cairn.dag;
