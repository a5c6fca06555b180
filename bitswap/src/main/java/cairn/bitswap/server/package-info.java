/// What serves blocks to peers: what each wants, whose turn it is, and the threads that look blocks
/// up and send them. What a peer can make grow is bounded, and freed when it leaves.
package cairn.bitswap.server;
