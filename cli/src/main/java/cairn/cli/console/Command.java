package cairn.cli.console;

import java.io.IOException;

/// A command of the command line. Made only when it is called or described.
public interface Command {
    /// How it is called.
    Usage usage();

    /// Does what the arguments ask for. Returning means success.
    void run(Invocation call) throws IOException, UsageException;
}
