package cairn.cli.daemon;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.UsageException;
import java.io.IOException;

/// A command that reads files of the caller, and so sends them where it runs in a daemon.
public interface FileCommand extends Command {
    /// What a call sends. Fails as the command itself would before it has read anything.
    Outgoing outgoing(Invocation call) throws IOException, UsageException;
}
