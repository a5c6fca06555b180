package cairn.cli;

import cairn.cli.console.CallParser;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Surroundings;
import cairn.cli.console.UsageException;
import java.io.IOException;
import java.util.List;

/// Takes the words of a command line to a command and its end to an [Outcome].
final class Cli {
    private final Surroundings surroundings;

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Outcome run(List<String> words) {
        boolean debug =
                words.contains("--debug")
                        || words.contains("-D")
                        || "1".equals(surroundings.environment().get("CAIRN_DEBUG"));
        try {
            if (words.equals(List.of("version"))) new VersionCommand().print(surroundings.out());
            else call(words);
            surroundings.messages().clearProgress();
            surroundings.out().flush();
            return Outcome.DONE;
        } catch (Exception e) {
            return new Failures(surroundings, debug).report(e);
        }
    }

    private void call(List<String> words) throws IOException, UsageException {
        Words split = Words.split(words);
        Command command = CommandTable.command(split.command());
        Invocation call = CallParser.parse(command.usage(), split.others(), surroundings);
        if (call.flag("--help") && !(command instanceof HelpCommand)) {
            surroundings.out().line(call.usage().help().stripTrailing());
            return;
        }
        try (Deadline _ = Deadline.start(call)) {
            command.run(call);
        }
    }
}
