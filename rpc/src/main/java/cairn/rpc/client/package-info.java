/// A small client of the control API, for commands: HTTP/1.1 over a socket, a line at a time.
package cairn.rpc.client;
