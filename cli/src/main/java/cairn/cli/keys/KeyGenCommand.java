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

/// Makes a key with a name.
public final class KeyGenCommand implements Command {
    @Override
    public Usage usage() {
        Usage usage = Usage.of("key gen", "Make a key").arguments("<name>", 1, 1);
        return KeyPrinter.addTo(NewKeys.addTo(usage))
                .explain(
                        "Prints its id. Each key is a name of its own, which only its owner can"
                                + " publish under. The node's own key is called self.")
                .example("cairn key gen blog", "makes a key for a blog");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String text = call.arguments().getFirst();
        if (text.equals(KeyName.SELF))
            throw new CommandException("cannot create key with name 'self'");
        KeyName name = KeyName.of(text);
        KeyPrinter printer = new KeyPrinter(call);
        SigningKey key = NewKeys.generate(call);
        Repos.options(call)
                .changeKeys(
                        Repos.path(call),
                        keys -> {
                            keys.add(name, key);
                            return key;
                        });
        printer.print(name.text(), key);
    }
}
