package cairn.cli.console;

import java.io.IOException;

/// Standard output doesn't take what is written: its reader is gone, or its disk is full.
public final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    OutputException(IOException cause) {
        super("can't write to standard output: " + cause.getMessage(), cause);
        String message = String.valueOf(cause.getMessage());
        this.readerGone = message.contains("Broken pipe") || message.contains("reset by peer");
    }

    /// Whether a reader such as `head` has had enough, which is no error of anyone.
    public boolean isReaderGone() {
        return readerGone;
    }
}
