package cairn.cli.keys;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.keys.KeyException;
import cairn.node.keys.KeyName;
import cairn.node.keys.Keys;
import java.io.IOException;
import java.util.Optional;

/// Lists keys.
public final class KeyLsCommand implements Command {
    private final String name;

    /// @param name of the command: there are two for this
    public KeyLsCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        return KeyPrinter.addTo(Usage.of(name, "List keys").flag("-l", "Print their ids too."))
                .explain("The node's own key, self, is the first.")
                .example("cairn " + name + " -l", "lists the ids and names of all keys");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        KeyPrinter printer = new KeyPrinter(call);
        Keys keys = Repos.options(call).keys(Repos.path(call));
        Optional<SigningKey> own = keys.own();
        if (own.isPresent()) printer.list(KeyName.SELF, own.get());
        for (KeyName named : keys.names()) {
            Optional<SigningKey> key = readable(keys, named, call);
            if (key.isPresent()) printer.list(named.text(), key.get());
        }
        printer.end();
    }

    /// A key that can't be used doesn't hide the others.
    private static Optional<SigningKey> readable(Keys keys, KeyName name, Invocation call)
            throws IOException {
        try {
            return keys.find(name);
        } catch (KeyException e) {
            call.messages().say("cairn: left out " + name + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
