/// The commands that make, list, move and rename private keys.
package cairn.cli.keys;
