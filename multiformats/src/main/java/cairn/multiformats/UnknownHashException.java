package cairn.multiformats;

import java.io.IOException;

/// A multihash of a function that this process can't compute.
public final class UnknownHashException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnknownHashException(Multicodec function) {
        super("hash function 0x" + Long.toHexString(function.code()) + " is unknown");
    }
}
