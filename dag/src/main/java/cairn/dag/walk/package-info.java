/// Walks the links of a DAG, whatever its nodes mean.
package cairn.dag.walk;
