package cairn.dag.disk;

import cairn.multiformats.Cid;

/// Hears how a write goes on. Called by several threads at once, often: it must be quick.
public interface WriteListener {
    /// Hears nothing.
    WriteListener NONE = new WriteListener() {};

    /// What an earlier try left aside is there, and the write goes on from it.
    default void resumes() {}

    /// Bytes of files came to be on disk: written, or found there from an earlier try.
    default void bytes(long count) {}

    /// A file, directory or symbolic link is finished.
    default void entry(Cid cid) {}
}
