/// Commands about pins.
package cairn.cli.pins;
