package cairn.blockstore;

import cairn.multiformats.Cid;

/// A pin says that a block must stay: alone, or with all that it links to.
///
/// @param name may be empty; at most 255 bytes of UTF-8
public record Pin(Cid cid, Mode mode, String name) {
    /// The longest name, in bytes of UTF-8 (Kubo's limit).
    public static final int MAX_NAME_BYTES = 255;

    /// What a pin keeps.
    public enum Mode {
        /// The block alone.
        DIRECT,
        /// The block and everything below it.
        RECURSIVE
    }

    public Pin {
        int length = name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length > MAX_NAME_BYTES)
            throw new IllegalArgumentException(
                    "a pin name of " + length + " bytes; at most " + MAX_NAME_BYTES);
    }
}
