package cairn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A command line, and what Kubo printed for it, as `testdata/kubo/outputs` keeps it.
///
/// Texts are bytes read as ISO 8859-1, for names needn't be UTF-8.
///
/// @param printed standard output without white space at the ends of lines, and the exit code
record KuboRecord(String line, String printed) {
    static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("testdata/kubo"))) at = at.getParent();
        if (at == null) throw new IllegalStateException("no testdata above the working directory");
        return at.resolve("testdata/kubo");
    }

    static List<KuboRecord> read(String file) throws IOException {
        List<KuboRecord> records = new ArrayList<>();
        String line = "";
        List<String> printed = new ArrayList<>();
        Path path = folder().resolve("outputs").resolve(file);
        for (String text : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
            if (text.startsWith("$ ") || text.startsWith("# ")) {
                if (!line.isEmpty()) records.add(new KuboRecord(line, tidy(printed)));
                printed.clear();
                line = text.startsWith("$ ") ? text.substring(2) : "";
            } else if (!text.startsWith("2> ")) printed.add(text);
        }
        if (!line.isEmpty()) records.add(new KuboRecord(line, tidy(printed)));
        return records;
    }

    /// By the pattern of command lines, why the answers to them differ from Kubo's on purpose.
    static Map<String, String> differences(String file) throws IOException {
        Map<String, String> differences = new LinkedHashMap<>();
        try (InputStream in = KuboRecord.class.getResourceAsStream("kubo-differences.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .filter(cells -> cells[0].equals(file))
                    .forEach(cells -> differences.put(cells[1], cells[2]));
        }
        return differences;
    }

    /// What a run printed, in the form of the records.
    static String printed(String out, int exitCode) {
        List<String> lines = new ArrayList<>(out.lines().toList());
        if (!out.isEmpty() && !out.endsWith("\n")) lines.add("[no newline at the end]");
        if (exitCode != 0) lines.add("[exit " + exitCode + "]");
        return tidy(lines);
    }

    private static String tidy(List<String> lines) {
        return lines.stream()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .stripTrailing();
    }
}
