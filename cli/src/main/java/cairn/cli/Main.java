package cairn.cli;

import cairn.cli.console.Messages;
import cairn.cli.console.Output;
import cairn.cli.console.Surroundings;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Map;

/// The program: `cairn COMMAND ...`. Ends with the exit code of [Outcome].
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // The launcher knows which of the streams 0, 1 and 2 are terminals; the JDK tells at the
        // cost of loading a line editor.
        String terminals = System.getProperty("cairn.terminals", "");
        List<String> words = Arguments.words(args);
        boolean watched = terminals.contains("2");
        Messages messages = new Messages(new FileOutputStream(FileDescriptor.err), watched);
        // Ctrl-C leaves no half of a line before the shell's prompt.
        if (watched)
            Runtime.getRuntime().addShutdownHook(new Thread(messages::endProgress, "progress-end"));
        Surroundings surroundings =
                new Surroundings(
                        environment(),
                        new FileInputStream(FileDescriptor.in),
                        terminals.contains("0"),
                        new Output(
                                new FileOutputStream(FileDescriptor.out).getChannel(),
                                terminals.contains("1")),
                        messages,
                        "cairn " + String.join(" ", words));
        System.exit(new Cli(surroundings).run(words).exitCode());
    }

    private static Map<String, String> environment() {
        return System.getenv();
    }
}
