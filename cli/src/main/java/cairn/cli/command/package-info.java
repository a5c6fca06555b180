/// The commands, one class each.
package cairn.cli.command;
