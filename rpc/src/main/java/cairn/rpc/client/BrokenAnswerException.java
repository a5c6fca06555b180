package cairn.rpc.client;

import java.io.IOException;

/// The connection to the daemon ended in the middle of an answer.
public final class BrokenAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenAnswerException() {
        super("the daemon broke off: it ended, or was told to");
    }

    /// @param cause where it was noticed
    public BrokenAnswerException(IOException cause) {
        this();
        initCause(cause);
    }
}
