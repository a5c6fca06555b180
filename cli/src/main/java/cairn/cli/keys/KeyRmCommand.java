package cairn.cli.keys;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.StandardInput;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.keys.KeyName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Deletes keys.
public final class KeyRmCommand implements Command {
    @Override
    public Usage usage() {
        return KeyPrinter.addTo(
                        Usage.of("key rm", "Delete keys")
                                .arguments("[<name>...]", 0, Integer.MAX_VALUE)
                                .flag("-l", "Print their ids too."))
                .explain(
                        "Either all of them go, or none. A key that is gone, and was exported nowhere,"
                                + " is gone for good, and so is the right to publish under it.")
                .explain("Without names, they are read from standard input, one a line.");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        KeyPrinter printer = new KeyPrinter(call);
        Set<KeyName> unique = new LinkedHashSet<>();
        StandardInput.forEachArgument(
                call,
                text -> {
                    if (text.equals(KeyName.SELF))
                        throw new CommandException("cannot remove key with name 'self'");
                    unique.add(KeyName.of(text));
                });
        List<KeyName> names = new ArrayList<>(unique);
        List<SigningKey> removed =
                Repos.options(call).changeKeys(Repos.path(call), keys -> keys.remove(names));
        for (int i = 0; i < names.size(); i++) printer.list(names.get(i).text(), removed.get(i));
        printer.end();
    }
}
