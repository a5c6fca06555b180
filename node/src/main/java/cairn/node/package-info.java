/// The composition root: wires stores, hashes and DAGs to a repo that can be used.
package cairn.node;
