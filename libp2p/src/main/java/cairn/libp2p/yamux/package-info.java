/// Yamux: many streams over one secured channel, each with a window of its own. One thread a
/// connection reads and hands the bytes to the streams; another writes, and lives only while there
/// is something to write. What a peer may make this end hold is reserved before it is held.
///
/// Sources: yamux's specification (framing, window and close rules) and libp2p's about its use.
package cairn.libp2p.yamux;
