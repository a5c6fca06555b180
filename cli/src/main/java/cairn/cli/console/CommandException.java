package cairn.cli.console;

import java.io.IOException;

/// A command that can't do what it was asked for. The message says what failed, on what, and what
/// to do.
public final class CommandException extends IOException {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
