/// Commands about blocks that are traded with peers.
package cairn.cli.exchange;
