package cairn.cli.keys;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.keys.KeyName;
import java.io.IOException;

/// Gives the node another identity.
public final class KeyRotateCommand implements Command {
    @Override
    public Usage usage() {
        Usage usage =
                Usage.of("key rotate", "Give the node another identity")
                        .text("-o --oldkey", "name", "The name that its old key gets. Needed.");
        return NewKeys.addTo(usage)
                .explain(
                        "The node is another peer from then on; others don't know it as the one it"
                                + " was. Its old key stays, under a name, so that what was published"
                                + " under it can still be renewed. A daemon has to be ended first:"
                                + " it would stay who it was.")
                .example("cairn key rotate -o before", "makes a new identity, and prints it");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String text =
                call.text("--oldkey")
                        .orElseThrow(
                                () ->
                                        new UsageException(
                                                "keystore name for backing up old key must be"
                                                        + " provided: --oldkey=NAME"));
        if (text.equals(KeyName.SELF))
            throw new CommandException("keystore name for back up cannot be named 'self'");
        KeyName old = KeyName.of(text);
        SigningKey next = NewKeys.generate(call);
        Repos.options(call).rotate(Repos.path(call), old, next);
        call.out().line("peer identity: " + next.peerId());
    }
}
