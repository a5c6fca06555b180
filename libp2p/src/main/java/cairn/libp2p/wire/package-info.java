/// Bytes between two ends: the pipe that every layer reads and writes, messages on it, and its end.
/// Nothing here knows who the other end is.
package cairn.libp2p.wire;
