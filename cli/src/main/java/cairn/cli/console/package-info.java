/// What every command is made of: its usage, its parsed arguments, where its output goes.
package cairn.cli.console;
