/// Bytes between two ends: the pipe that every layer reads and writes, and messages on it. Nothing
/// here knows who the other end is.
package cairn.libp2p.wire;
