/// The command line: commands to calls, errors to exit codes.
package cairn.cli;
