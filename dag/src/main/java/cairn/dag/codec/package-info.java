/// IPLD's data model and the codecs that write it into blocks.
package cairn.dag.codec;
