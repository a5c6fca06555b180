/// What a command in the daemon prints, on its way to the command line that called it.
package cairn.rpc.frames;
