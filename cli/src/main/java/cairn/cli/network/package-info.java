/// The daemon, and the commands that are about the network: they ask the daemon.
package cairn.cli.network;
