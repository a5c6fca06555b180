/// Text that can hold any bytes, as file names do.
package cairn.node.text;
