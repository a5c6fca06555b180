/// How equally a server of blocks divides itself among peers that all want the same.
package cairn.bench.shares;
