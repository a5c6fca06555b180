package cairn.multiformats;

import java.io.IOException;

/// Bytes that are not what their CID names.
public final class HashMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public HashMismatchException(Cid cid) {
        super("the bytes are not those of " + cid);
    }
}
