package cairn.node.collection;

import cairn.multiformats.Cid;
import java.io.IOException;

/// What a collection tells while it runs, from its own thread.
public interface CollectionListener {
    /// Tells nobody.
    CollectionListener NONE = new CollectionListener() {};

    /// So many blocks were found to be kept.
    default void marked(long blocks) throws IOException {}

    /// A block is kept for a root: the root itself, or one below it that no root before it has, or
    /// has under another codec.
    default void kept(Root root, Cid cid) throws IOException {}

    /// A block below a root has a codec whose links can't be read, or is malformed. It is kept,
    /// what it may link to is not.
    default void odd(Root root, Cid cid, String reason) throws IOException {}

    /// A block was removed, or would be.
    ///
    /// @param cid of version 1 and raw, as the store doesn't know of codecs
    /// @param length in bytes
    default void removed(Cid cid, int length) throws IOException {}
}
