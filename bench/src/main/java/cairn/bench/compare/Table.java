package cairn.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints results as tables of Markdown.
final class Table {
    private static final double MB = 1e6;
    private static final String COPY = "cp -r";

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void line(String text) {
        out.println(text);
    }

    void end() {
        out.println();
    }

    /// Columns for Cairn, what it is compared with, and `cp`.
    void head(List<String> tools) {
        List<String> columns = new ArrayList<>(List.of("", tools.getFirst() + ", s"));
        if (tools.size() > 1) columns.addAll(List.of(tools.get(1) + ", s", "times as fast"));
        columns.add("`cp -r`, s");
        for (String tool : tools) columns.add(tool + "'s peak, MB");
        row(columns);
        row(columns.stream().map(c -> c.isEmpty() ? "---" : "--:").toList());
    }

    void row(Case what, List<String> tools, Map<String, List<Measured>> results) {
        Map<String, Series> seconds = new HashMap<>();
        results.forEach((name, runs) -> seconds.put(name, seconds(runs)));
        List<String> cells = new ArrayList<>(List.of(what.title()));
        for (String tool : tools) cells.add(seconds.get(tool).text());
        if (tools.size() > 1)
            cells.add(
                    Series.number(
                            seconds.get(tools.get(1)).median()
                                    / seconds.get(tools.getFirst()).median()));
        cells.add(Optional.ofNullable(seconds.get(COPY)).map(Series::text).orElse(""));
        for (String tool : tools) cells.add(peak(results.get(tool)));
        row(cells);
    }

    static Series seconds(List<Measured> runs) {
        return new Series(runs.stream().map(Measured::seconds).toList());
    }

    private static String peak(List<Measured> runs) {
        return new Series(runs.stream().map(m -> m.peak() / MB).toList()).text();
    }

    void memoryHead() {
        row(List.of("", "peak, MB", "wall, s"));
        row(List.of("---", "--:", "--:"));
    }

    void memoryRow(String title, Measured measured) {
        row(List.of(title, Series.number(measured.peak() / MB), Series.number(measured.seconds())));
    }

    /// What the machine allows, and how near an `add` of a file of `size` bytes came to it.
    void limits(Limits limits, Optional<Series> add) {
        long size = limits.size();
        row(List.of("what the machine allows", ""));
        row(List.of("---", "--:"));
        row(List.of("SHA-256, one thread, MB/s", rate(limits.oneThread())));
        row(List.of("SHA-256, all cores, MB/s", rate(limits.allCores())));
        row(List.of("write in sequence + fdatasync, MB/s", rate(limits.disk())));
        row(List.of("read + SHA-256 + write + fdatasync, s", limits.pipeline().text()));
        row(List.of("a process that does nothing, s", limits.start().text()));
        double hashing = size / limits.allCores().median();
        double writing = size / limits.disk().median();
        double limit = Math.max(hashing, writing);
        row(
                List.of(
                        "limit for `add` of " + Sizes.text(size) + ", s",
                        "max("
                                + Series.number(hashing)
                                + " hashing, "
                                + Series.number(writing)
                                + " writing) = "
                                + Series.number(limit)));
        if (add.isPresent()) {
            double took = add.get().median();
            row(List.of("Cairn's `add` reaches of that limit", percent(limit / took)));
            row(
                    List.of(
                            "and of read + SHA-256 + write + fdatasync",
                            percent(limits.pipeline().median() / took)));
        }
        end();
    }

    private static String rate(Series bytes) {
        return new Series(bytes.values().stream().map(b -> b / MB).toList()).text();
    }

    private static String percent(double part) {
        return Math.round(part * 100) + " %";
    }

    private void row(List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }
}
