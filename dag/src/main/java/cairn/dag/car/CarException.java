package cairn.dag.car;

import cairn.multiformats.MalformedException;

/// An archive that isn't what its format demands: malformed, cut short, or with bytes that aren't
/// those of their CID. The message says what is wrong and at which byte, counted from 0.
public final class CarException extends MalformedException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    CarException(long offset, String message) {
        super("the CAR can't be read at byte " + offset + ": " + message);
        this.offset = offset;
    }

    CarException(long offset, String message, Throwable cause) {
        this(offset, message);
        initCause(cause);
    }

    /// Where the trouble is: how many bytes of the archive come before it.
    public long offset() {
        return offset;
    }
}
