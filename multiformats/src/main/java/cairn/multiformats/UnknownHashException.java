package cairn.multiformats;

import java.io.IOException;

/// A multihash that can't be checked or made: its function is not at hand or not allowed, or its
/// digest is of a length that the function doesn't have.
public final class UnknownHashException extends IOException {
    private static final long serialVersionUID = 1L;

    /// A function that is not at hand.
    public UnknownHashException(Multicodec function) {
        this("hash function " + function + " is unknown");
    }

    UnknownHashException(String message) {
        super(message);
    }
}
