/// A repo as a folder: its version, lock, settings, copies and repairs.
package cairn.node.repo;
