package cairn.cli.console;

/// Words on the command line that make no sense. The message says which, and what would.
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
