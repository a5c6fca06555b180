package cairn.blockstore;

import cairn.multiformats.Multihash;

/// A block that is here, but whose bytes are no longer what was put.
public final class CorruptBlockException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient Multihash hash;

    public CorruptBlockException(Multihash hash, String reason, Throwable cause) {
        super(
                "block "
                        + hash
                        + " is corrupt: "
                        + reason
                        + "; add or fetch it again, which replaces it, and check the disk",
                cause);
        this.hash = hash;
    }

    /// The name of the block.
    public Multihash hash() {
        return hash;
    }
}
