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
        Surroundings surroundings =
                new Surroundings(
                        environment(),
                        new FileInputStream(FileDescriptor.in),
                        terminals.contains("0"),
                        new Output(
                                new FileOutputStream(FileDescriptor.out).getChannel(),
                                terminals.contains("1")),
                        new Messages(
                                new FileOutputStream(FileDescriptor.err), terminals.contains("2")),
                        "cairn " + String.join(" ", words));
        System.exit(new Cli(surroundings).run(words).exitCode());
    }

    private static Map<String, String> environment() {
        return System.getenv();
    }
}
