package cairn.cli;

import cairn.cli.console.CallParser;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Surroundings;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.DaemonCall;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Takes the words of a command line to a command and its end to an [Outcome].
final class Cli {
    /// What is answered before any command is made.
    private static final Set<List<String>> VERSION =
            Set.of(List.of("version"), List.of("--version"));

    private final Surroundings surroundings;
    private boolean debug; // of the thread that calls run

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
        debug = "1".equals(surroundings.environment().get("CAIRN_DEBUG"));
    }

    Outcome run(List<String> words) {
        try {
            if (VERSION.contains(words)) new VersionCommand().print(surroundings.out());
            else call(words);
            surroundings.messages().clearProgress();
            surroundings.out().flush();
            return Outcome.DONE;
        } catch (Exception e) { // the last stop: a bug too ends as a message and an exit code
            flushAfter(e);
            return new Failures(surroundings, debug).report(e);
        }
    }

    /// What was printed before a failure is true; the failure itself is what is reported.
    private void flushAfter(Exception failure) {
        try {
            surroundings.out().flush();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void call(List<String> words) throws IOException, UsageException {
        Words split = Words.split(words);
        Command command = CommandTable.command(split.command());
        Invocation call = CallParser.parse(command.usage(), split.others(), surroundings);
        debug |= call.globals().debug();
        if (call.flag("--help") && !(command instanceof HelpCommand)) {
            surroundings.out().line(HelpCommand.on(command));
            return;
        }
        try (Deadline _ = Deadline.start(call)) {
            boolean inDaemon =
                    command.usage().isAtStore() && DaemonCall.runIfRunning(call, command);
            if (!inDaemon) command.run(call);
        }
    }
}
