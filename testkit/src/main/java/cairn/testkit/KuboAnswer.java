package cairn.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One row of `testdata/kubo/cids.tsv`: what Kubo answered to one `ipfs add`.
///
/// @param id names the row; unique
/// @param profile Kubo's config profile: `unixfs-v1-2025` or `unixfs-v0-2015`
/// @param hamtThreshold `Import.UnixFSHAMTDirectorySizeThreshold` in bytes; 0 is the profile's own
/// @param input what is added; the command runs in the folder that holds it
/// @param flags of `add`, without `-Q`
/// @param paths the arguments of `add`, relative to that folder; empty is standard input
/// @param cids the CID that `-Q` printed; of several paths without `-w`: that of each, in the order
///   printed; empty where Kubo refused
/// @param error the first line of Kubo's error without `Error: `; empty where it answered
public record KuboAnswer(
        String id,
        String profile,
        long hamtThreshold,
        SampleInput input,
        List<String> flags,
        List<String> paths,
        List<String> cids,
        String error) {

    private static final long BIG = 64 << 20;

    public KuboAnswer {
        flags = List.copyOf(flags);
        paths = List.copyOf(paths);
        cids = List.copyOf(cids);
        if (cids.isEmpty() == error.isEmpty())
            throw new IllegalArgumentException(id + ": either CIDs or an error");
    }

    /// Whether making the input again costs more than 64 MiB of disk and the time for them.
    public boolean big() {
        return input.size() > BIG;
    }

    /// The rows of the table, in its order.
    public static List<KuboAnswer> read(Path table) throws IOException {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.filter(line -> !line.startsWith("#")).map(KuboAnswer::parse).toList();
        }
    }

    /// The table's path, found from any folder of the project.
    public static Path table() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path table = at.resolve("testdata/kubo/cids.tsv");
            if (Files.exists(table)) return table;
        }
        throw new IllegalStateException("no testdata/kubo/cids.tsv above the working directory");
    }

    private static KuboAnswer parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 7) throw new IllegalArgumentException("not a row: " + line);
        boolean refused = fields[6].startsWith("error: ");
        return new KuboAnswer(
                fields[0],
                fields[1],
                fields[2].equals("-") ? 0 : Long.parseLong(fields[2]),
                SampleInput.parse(fields[3]),
                words(fields[4]),
                words(fields[5]),
                refused ? List.of() : words(fields[6]),
                refused ? fields[6].substring("error: ".length()) : "");
    }

    private static List<String> words(String field) {
        return field.equals("-") ? List.of() : List.of(field.split(" "));
    }
}
