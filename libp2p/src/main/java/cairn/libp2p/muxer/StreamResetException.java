package cairn.libp2p.muxer;

import java.io.IOException;

/// A stream was reset, by the other end or by this one; nothing more can be read or written.
public final class StreamResetException extends IOException {
    private static final long serialVersionUID = 1L;

    public StreamResetException(String message) {
        super(message);
    }
}
