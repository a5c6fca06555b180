package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import java.io.IOException;
import java.util.List;

/// Lists every command, for scripts.
final class CommandsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("commands", "List every command")
                .flag("-f --flags", "With the options of each.");
    }

    @Override
    public void run(Invocation call) throws IOException {
        call.out().line("cairn");
        for (String name : CommandTable.names().stream().sorted().toList()) {
            call.out().line("cairn " + name);
            if (!call.flag("--flags")) continue;
            for (List<String> option : CommandTable.command(name).usage().optionNames())
                call.out().line("cairn " + name + " " + String.join(" / ", option));
        }
    }
}
