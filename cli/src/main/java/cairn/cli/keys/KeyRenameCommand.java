package cairn.cli.keys;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.json.Json;
import cairn.node.keys.KeyName;
import cairn.node.keys.Keys;
import java.io.IOException;
import java.util.Map;

/// Gives a key another name.
public final class KeyRenameCommand implements Command {
    @Override
    public Usage usage() {
        return KeyPrinter.addTo(
                Usage.of("key rename", "Give a key another name")
                        .arguments("<name> <new-name>", 2, 2)
                        .flag("-f --force", "In place of a key that has the name, which is lost."));
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String was = call.arguments().getFirst();
        String now = call.arguments().getLast();
        if (was.equals(KeyName.SELF))
            throw new CommandException("cannot rename key with name 'self'");
        if (now.equals(KeyName.SELF))
            throw new CommandException("cannot overwrite key with name 'self'");
        KeyName from = KeyName.of(was);
        KeyName to = KeyName.of(now);
        boolean force = call.flag("--force");
        KeyPrinter printer = new KeyPrinter(call);
        Keys.Renamed renamed =
                Repos.options(call)
                        .changeKeys(Repos.path(call), keys -> keys.rename(from, to, force));
        String id = printer.id(renamed.key());
        if (call.globals().json())
            call.out()
                    .json(
                            new Json.Obj(Map.of())
                                    .with("Was", new Json.Str(was))
                                    .with("Now", new Json.Str(now))
                                    .with("Id", new Json.Str(id))
                                    .with("Overwrite", new Json.Bool(renamed.overwrote())));
        else
            call.out()
                    .line(
                            "Key "
                                    + id
                                    + " renamed to "
                                    + now
                                    + (renamed.overwrote() ? " with overwriting" : ""));
    }
}
