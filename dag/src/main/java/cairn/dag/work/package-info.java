/// Work on many threads whose results come in order.
package cairn.dag.work;
