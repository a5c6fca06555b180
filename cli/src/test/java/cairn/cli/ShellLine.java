package cairn.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a shell in which `ipfs` is this program, called within the process. Knows as much of a
/// shell as the records in `testdata/kubo/outputs` need; what output is piped to is a real one's.
///
/// Files that a call names are made absolute, for a process has one working directory.
final class ShellLine {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

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
        byte[] in = new byte[0];
        if (rest.startsWith("IPFS_PATH=")) {
            repo = Path.of(rest.substring("IPFS_PATH=".length(), rest.indexOf(' ')));
            rest = rest.substring(rest.indexOf(' ') + 1);
        }
        if (rest.startsWith("printf ")) {
            int bar = rest.indexOf(" | ");
            String text = rest.substring("printf ".length(), bar);
            in = text.replaceAll("^'|'$", "").replace("\\n", "\n").getBytes(ISO_8859_1);
            rest = rest.substring(bar + 3);
        }
        boolean both = rest.contains(" 2>&1");
        rest = rest.replace(" 2>&1", "");
        int bar = rest.indexOf(" | ");
        Called called = call(bar < 0 ? rest : rest.substring(0, bar), in);
        exitCode = called.outcome().exitCode();
        String printed = both ? called.out() + called.err() : called.out();
        out += bar < 0 ? printed : filtered(printed, rest.substring(bar + 3));
    }

    private Called call(String text, byte[] in) {
        List<String> words = words(text);
        if (!words.removeFirst().equals("ipfs"))
            throw new IllegalArgumentException("not a call of ipfs: " + text);
        int command = 0;
        while (command < words.size() && words.get(command).startsWith("-")) command++;
        String rest = String.join(" ", words.subList(command, words.size())) + " ";
        int named = rest.startsWith("add ") ? 1 : rest.startsWith("block put ") ? 2 : words.size();
        for (int i = command + named; i < words.size(); i++)
            if (!words.get(i).startsWith("-") && !words.get(i).startsWith("/"))
                words.set(i, folder + "/" + words.get(i)); // a Path would drop a slash at the end
        return Called.with(repo, in, words, ISO_8859_1);
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
