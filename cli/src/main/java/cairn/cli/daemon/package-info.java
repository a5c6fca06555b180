/// Calls of a daemon: which one, and how a command runs in it.
package cairn.cli.daemon;
