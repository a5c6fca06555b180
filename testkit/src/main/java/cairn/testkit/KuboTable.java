package cairn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Asks a Kubo all the questions and writes its answers as the table that [KuboAnswer] reads.
/// Arguments: the `ipfs` binary, the table to write. Takes 3 GiB of disk in the temporary folder.
public final class KuboTable {
    /// Inputs of more bytes are only hashed: it gives the same CIDs and spares the disk.
    private static final long STORED = 1 << 20;

    private final Path ipfs;
    private final Path work;
    private final SampleInput.Shelf inputs;
    private final Map<String, Path> repos = new HashMap<>();

    private KuboTable(Path ipfs, Path work) {
        this.ipfs = ipfs.toAbsolutePath();
        this.work = work;
        this.inputs = new SampleInput.Shelf(work.resolve("inputs"));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 2) throw new IllegalArgumentException("usage: KuboTable IPFS TABLE");
        Path work = Files.createTempDirectory("kubo-table");
        try {
            var table = new KuboTable(Path.of(args[0]), work);
            try (var out = new PrintStream(args[1], StandardCharsets.UTF_8)) {
                table.writeTo(out);
            }
        } finally {
            Folders.delete(work);
        }
    }

    private void writeTo(PrintStream rows) throws IOException, InterruptedException {
        var ask = new KuboQuestions();
        new FileQuestions(ask).askAll();
        new TreeQuestions(ask).askAll();
        Outcome version = run(work, InputStream.nullInputStream(), work, List.of("version", "-n"));
        rows.println(
                "# Made by make.sh from the answers of Kubo " + version.out.strip() + ". Columns:");
        rows.println(
                "# id, profile, HAMT threshold in bytes (- is the profile's own), input, flags of `ipfs add`,");
        rows.println(
                "# paths (- is standard input), and the CIDs that it printed or `error: ` and the reason.");
        for (KuboQuestion question : ask.all()) rows.println(question.row(answer(question)));
    }

    private String answer(KuboQuestion question) throws IOException, InterruptedException {
        Path repo = repo(question.profile(), question.hamtThreshold());
        boolean roots = question.paths().size() > 1 && !question.flags().contains("-w");
        var command = new ArrayList<String>(List.of("add", roots ? "-q" : "-Q"));
        if (question.input().size() > STORED) command.add("-n");
        command.addAll(question.flags());
        command.addAll(question.paths());
        Outcome outcome;
        try (InputStream in = standardInput(question.input())) {
            outcome = run(inputs.folderOf(question.input()), in, repo, command);
        }
        if (outcome.exit == 0) return String.join(" ", outcome.out.strip().split("\\s+"));
        return "error: " + reason(outcome.err);
    }

    private static InputStream standardInput(SampleInput input) {
        return switch (input) {
            case SampleInput.OfStdin(var content) -> content.open();
            case SampleInput.OfFile f -> InputStream.nullInputStream();
            case SampleInput.OfTree t -> InputStream.nullInputStream();
        };
    }

    private String reason(String err) {
        return err.lines()
                .filter(line -> line.startsWith("Error: "))
                .findFirst()
                .map(line -> line.substring("Error: ".length()).replace(work.toString(), "WORK"))
                .orElseThrow(() -> new IllegalStateException("no reason in: " + err));
    }

    private Path repo(String profile, long threshold) throws IOException, InterruptedException {
        String name = profile + "-" + threshold;
        Path repo = repos.get(name);
        if (repo != null) return repo;
        repo = work.resolve(name);
        demand(repo, List.of("init", "--profile=test," + profile));
        if (threshold > 0)
            demand(
                    repo,
                    List.of("config", "Import.UnixFSHAMTDirectorySizeThreshold", threshold + "B"));
        repos.put(name, repo);
        return repo;
    }

    private void demand(Path repo, List<String> command) throws IOException, InterruptedException {
        Outcome outcome = run(work, InputStream.nullInputStream(), repo, command);
        if (outcome.exit != 0) throw new IOException(command + ": " + outcome.err);
    }

    private Outcome run(Path folder, InputStream in, Path repo, List<String> arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ipfs.toString()));
        command.addAll(arguments);
        Path out = work.resolve("stdout");
        Path err = work.resolve("stderr");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("IPFS_PATH", repo.toString());
        builder.environment().put("IPFS_TELEMETRY", "off");
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            in.transferTo(stdin);
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return new Outcome(1, "", "Error: gave no answer within a minute");
        }
        int exit = process.exitValue();
        return new Outcome(exit, text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private record Outcome(int exit, String out, String err) {}
}
