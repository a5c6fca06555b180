/// What must stay, and the collection of the rest.
package cairn.node.collection;
