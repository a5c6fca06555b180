package cairn.bench.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A command is a program's words and what it finds in its environment, to be run to its end.
record Command(List<String> words, Map<String, String> environment) {
    /// GNU time. A JVM can't ask for a child's peak itself: until a new process runs its program it
    /// is a copy of the JVM, whose memory the kernel would count.
    private static final String TIME = "/usr/bin/time";

    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static Command of(String... words) {
        return new Command(List.of(words), Map.of());
    }

    /// Whether [#time] can work on this machine.
    static boolean canTime() {
        return Files.isExecutable(Path.of(TIME));
    }

    /// The same, with its output read by `cat` through a pipe.
    Command piped() {
        return inShell("\"$@\" | cat >/dev/null");
    }

    /// The same, and then `sync`.
    Command synced() {
        return inShell("\"$@\" && sync");
    }

    /// The same, until it has written a line.
    Command firstLine() {
        return inShell("\"$@\" | head -n 1 | grep -q .");
    }

    /// The same, with its output in a file.
    Command to(Path file) {
        return inShell("out=$1; shift; \"$@\" >\"$out\"", file.toString());
    }

    /// The same, with a file as its input.
    Command from(Path file) {
        return inShell("in=$1; shift; \"$@\" <\"$in\"", file.toString());
    }

    private Command inShell(String script, String... first) {
        List<String> wrapped = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        wrapped.addAll(List.of(first));
        wrapped.addAll(words);
        return new Command(wrapped, environment);
    }

    /// Runs it with its output thrown away.
    Measured time() throws IOException, InterruptedException {
        Path figures = Files.createTempFile("cairn-bench-", ".time");
        Path errors = Files.createTempFile("cairn-bench-", ".err");
        try {
            List<String> timed =
                    new ArrayList<>(
                            List.of(TIME, "-f", "%M %U %S", "-o", figures.toString(), "--"));
            timed.addAll(words);
            ProcessBuilder builder =
                    builder(timed)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(errors.toFile());
            long start = System.nanoTime();
            int code = builder.start().waitFor();
            double wall = (System.nanoTime() - start) / 1e9;
            if (code != 0) throw failure(code, Files.readString(errors));
            String[] numbers = Files.readString(figures).strip().split(" ", -1);
            return new Measured(
                    wall,
                    Long.parseLong(numbers[0]) * 1024,
                    Double.parseDouble(numbers[1]) + Double.parseDouble(numbers[2]));
        } finally {
            Files.delete(figures);
            Files.delete(errors);
        }
    }

    /// Runs it and gives its output, without the white space around it.
    String read() throws IOException, InterruptedException {
        Path errors = Files.createTempFile("cairn-bench-", ".err");
        try {
            Process process = builder(words).redirectError(errors.toFile()).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) throw failure(code, Files.readString(errors));
            return output.strip();
        } finally {
            Files.delete(errors);
        }
    }

    private ProcessBuilder builder(List<String> all) {
        ProcessBuilder builder =
                new ProcessBuilder(all)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(new HashMap<>(environment));
        return builder;
    }

    private IOException failure(int code, String errors) {
        return new IOException(
                String.join(" ", words) + " ended with " + code + ":\n" + errors.strip());
    }
}
