/// Commands about single blocks.
package cairn.cli.blocks;
