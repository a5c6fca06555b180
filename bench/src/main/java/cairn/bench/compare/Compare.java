package cairn.bench.compare;

import cairn.bench.compare.Case.Contestant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The main class of `bench/run.sh`.
public final class Compare {
    private final Options options;
    private final Table table = new Table(System.out);
    private final List<Tool> tools = new ArrayList<>();

    private Compare(Options options) {
        this.options = options;
        tools.add(Tool.cairn(options.cairn()));
        options.kubo().map(Tool::kubo).ifPresent(tools::add);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; see bench/run.sh --help");
            System.exit(2);
            return;
        }
        if (!Command.canTime()) {
            System.err.println("needs GNU time in /usr/bin/time (Debian: apt install time)");
            System.exit(1);
        }
        new Compare(options).run();
    }

    private void run() throws IOException, InterruptedException {
        Instant start = Instant.now();
        try (Workplace place = new Workplace(options.dir())) {
            head(place);
            List<String> names = tools.stream().map(Tool::name).toList();
            Limits limits = new Limits(place, options.sizes().file());
            Optional<Series> addFile = compare(place, names, limits);
            if (options.wants("limits")) {
                if (addFile.isEmpty()) measure(limits);
                table.limits(limits, addFile);
            }
            if (options.wants("memory")) memory(place);
        }
        Duration took = Duration.between(start, Instant.now()).truncatedTo(ChronoUnit.SECONDS);
        table.line("Load at the end: " + Machine.load() + ". The run took " + took + ".");
    }

    private void head(Workplace place) throws IOException, InterruptedException {
        options.heading().ifPresent(h -> table.line("## " + h + "\n"));
        List<String> versions = new ArrayList<>();
        for (Tool tool : tools) versions.add(tool.version(place.repo(tool)));
        table.line("- " + Instant.now().truncatedTo(ChronoUnit.MINUTES));
        table.line("- " + String.join("; ", versions));
        table.line("- " + Machine.describe());
        table.line("- " + Machine.disk(options.dir()));
        table.line("- rounds: " + options.rounds() + "; load at the start: " + Machine.load());
        table.end();
    }

    /// @return the seconds of Cairn's `add` of the large file, if that case ran
    private Optional<Series> compare(Workplace place, List<String> names, Limits limits)
            throws IOException, InterruptedException {
        List<Case> all = new ArrayList<>(new Cases(place, options.sizes(), tools).all());
        all.addAll(new StoreCases(place, options.sizes(), tools).all());
        List<Case> wanted = all.stream().filter(c -> options.wants(c.name())).toList();
        if (wanted.isEmpty()) return Optional.empty();
        table.head(names);
        Optional<Series> addFile = Optional.empty();
        for (Case one : wanted) {
            boolean limited = one.name().equals("add-file");
            Map<String, List<Measured>> results =
                    rounds(one, limited && options.wants("limits") ? limits::measure : () -> {});
            table.row(one, names, results);
            if (limited) addFile = Optional.of(Table.seconds(results.get(names.getFirst())));
        }
        table.end();
        return addFile;
    }

    /// What is done at the end of each round.
    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /// All contestants once, then all of them again: what else the machine does hits all alike.
    private Map<String, List<Measured>> rounds(Case one, Step last)
            throws IOException, InterruptedException {
        Map<String, List<Measured>> results = new LinkedHashMap<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Contestant contestant : one.contestants()) {
                Measured measured = contestant.attempt().run(round);
                results.computeIfAbsent(contestant.name(), _ -> new ArrayList<>()).add(measured);
                System.err.printf(
                        Locale.ROOT,
                        "%s, round %d, %s: %.3f s, %.2f s of CPU, %.1f MB, load %s%n",
                        one.name(),
                        round,
                        contestant.name(),
                        measured.seconds(),
                        measured.cpu(),
                        measured.peak() / 1e6,
                        Machine.load());
            }
            last.run();
        }
        return results;
    }

    private void measure(Limits limits) throws IOException, InterruptedException {
        for (int round = 1; round <= options.rounds(); round++) limits.measure();
    }

    private void memory(Workplace place) throws IOException, InterruptedException {
        Path tiny = options.tiny();
        Files.createDirectories(tiny);
        try {
            Inputs inputs = new Inputs(tiny);
            new MemoryCases(place, inputs, options.sizes(), tools.getFirst(), table).run();
        } finally {
            Disk.delete(tiny);
        }
    }
}
