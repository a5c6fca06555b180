package cairn.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a shell in which `ipfs` is this program, called within the process. Knows as much of a
/// shell as the records in `testdata/kubo/outputs` need; what output is piped to is a real one's.
///
/// Files that a call names are made absolute, for a process has one working directory.
final class ShellLine {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

    /// Commands of two words whose arguments are files.
    private static final Pattern FILES =
            Pattern.compile(
                    "(block put|dag (put|import)|multibase (encode|decode|transcode)|config replace) ");

    private Path repo;
    private Path folder;
    private String out = "";
    private int exitCode;

    ShellLine(Path repo, Path folder) {
        this.repo = repo;
        this.folder = folder;
    }

    String out() {
        return out;
    }

    int exitCode() {
        return exitCode;
    }

    /// Runs a line of commands with `&&` or `;` between them.
    void run(String line) throws Exception {
        Matcher separator = Pattern.compile("\\s*(&&|;)\\s*|$").matcher(line);
        int at = 0;
        while (separator.find()) {
            command(line.substring(at, separator.start()));
            if (exitCode != 0 && "&&".equals(separator.group(1))) return;
            at = separator.end();
        }
    }

    private void command(String command) throws Exception {
        if (command.startsWith("cd ")) {
            folder = folder.resolve(command.substring(3));
            return;
        }
        if (!command.contains("ipfs ")) {
            out += filtered("", command);
            return;
        }
        String rest = command.replace(" 2>/dev/null", "").replace(" </dev/null", "");
        Matcher variable = Pattern.compile("(IPFS_PATH|EDITOR)=(\\S*) ").matcher(rest);
        Map<String, String> environment = new HashMap<>();
        if (variable.lookingAt()) {
            environment.put(variable.group(1), variable.group(2));
            rest = rest.substring(variable.end());
        }
        repo = Path.of(environment.getOrDefault("IPFS_PATH", repo.toString()));
        String printed = "";
        for (String stage : rest.split(" \\| ", -1)) printed = stage(printed, stage, environment);
        out += printed;
    }

    /// Runs one of several commands with bars between them.
    private String stage(String in, String command, Map<String, String> environment)
            throws Exception {
        if (!command.startsWith("ipfs ")) return filtered(in, command);
        int file = command.indexOf(" >");
        if (file > 0) {
            String printed = stage(in, command.substring(0, file), environment);
            Files.writeString(folder.resolve(command.substring(file + 2)), printed, ISO_8859_1);
            return "";
        }
        Called called = call(command.replace(" 2>&1", ""), in.getBytes(ISO_8859_1), environment);
        exitCode = called.outcome().exitCode();
        return command.contains(" 2>&1") ? called.out() + called.err() : called.out();
    }

    private Called call(String text, byte[] in, Map<String, String> environment) {
        List<String> words = words(text);
        if (!words.removeFirst().equals("ipfs"))
            throw new IllegalArgumentException("not a call of ipfs: " + text);
        int command = 0;
        while (command < words.size() && words.get(command).startsWith("-")) command++;
        String rest = String.join(" ", words.subList(command, words.size())) + " ";
        int named =
                rest.startsWith("add ") ? 1 : FILES.matcher(rest).lookingAt() ? 2 : words.size();
        for (int i = command + named; i < words.size(); i++)
            if (!words.get(i).startsWith("-")
                    && !words.get(i).startsWith("/")
                    && !words.get(i - 1).equals("-b"))
                words.set(i, folder + "/" + words.get(i)); // a Path would drop a slash at the end
        return Called.with(repo, in, words, ISO_8859_1, environment);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int end = -1;
        while (word.find()) {
            String part = word.group().replaceAll("^['\"]|['\"]$", "");
            if (word.start() == end) words.add(words.removeLast() + part);
            else words.add(part);
            end = word.end();
        }
        return words;
    }

    /// What a real shell's command makes of an input; its exit code becomes that of the line.
    private String filtered(String input, String command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).start();
        try (var to = process.getOutputStream()) {
            to.write(input.getBytes(ISO_8859_1));
        }
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        exitCode = process.waitFor();
        return output;
    }
}
