package cairn.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import cairn.node.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The lines of JSON that a peer's process of Java understands: each on standard input is a
/// command, each on standard output its answer. Commands run side by side.
public final class CommandLines {
    private CommandLines() {}

    /// Does what a command says.
    @FunctionalInterface
    public interface Performer {
        /// @return the members of the answer
        Json.Obj perform(Answer command) throws IOException;
    }

    /// Obeys until standard input ends.
    public static void serve(Performer performer) throws IOException {
        PrintStream out = System.out;
        try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!(Json.parse(line) instanceof Json.Obj command)) continue;
                Thread.ofVirtual().start(() -> answer(new Answer(command), performer, out));
            }
        }
    }

    private static void answer(Answer command, Performer performer, PrintStream out) {
        Json.Obj answer;
        try {
            answer = performer.perform(command);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            answer = new Json.Obj(Map.of()).with("error", new Json.Str(e.toString()));
        }
        out.println(answer.with("id", Json.Num.of((long) command.number("id"))).compact());
    }

    /// The command that starts a class in a process, with this process's Java and class path.
    public static List<String> java(Class<?> main, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
