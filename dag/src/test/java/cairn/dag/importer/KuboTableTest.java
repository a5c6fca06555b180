package cairn.dag.importer;

import cairn.dag.tree.ImportSource;
import cairn.dag.tree.TreeOptions;
import cairn.dag.ignore.IgnoreRules;
import cairn.dag.chunker.ChunkerSpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cairn.dag.LinkName;
import cairn.dag.Mtime;
import cairn.hashes.ExtraHashes;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.testkit.KuboAnswer;
import cairn.testkit.SampleInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every row of `testdata/kubo/cids.tsv` whose input is small, made again; with `CAIRN_BIG=1` in
/// the environment every row, up to 1 GiB each.
class KuboTableTest {
    private static final boolean BIG = "1".equals(System.getenv("CAIRN_BIG"));
    private static final Hashes HASHES = Hashes.jdk().with(ExtraHashes.all());

    @TempDir static Path dir;
    private static SampleInput.Shelf shelf;

    @BeforeAll
    static void shelf() {
        shelf = new SampleInput.Shelf(dir);
    }

    static Stream<KuboAnswer> rows() throws IOException {
        return KuboAnswer.read(KuboAnswer.table()).stream().filter(row -> BIG || !row.big());
    }

    static Stream<KuboAnswer> answered() throws IOException {
        return rows().filter(row -> row.error().isEmpty() && !differsOnPurpose(row));
    }

    static Stream<KuboAnswer> refused() throws IOException {
        return rows().filter(row -> !row.error().isEmpty() && !differsOnPurpose(row));
    }

    /// What Kubo does and an importer shouldn't.
    private static boolean differsOnPurpose(KuboAnswer row) {
        List<String> flags = row.flags();
        // It hashes a folder without its limit when it only hashes: a CID that `add` never gives.
        if (flags.contains("-n") && flags.toString().contains("--max-directory-links")) return true;
        // It wraps a file in a folder for a moment, whose CID is too long then.
        if (row.error().contains("identity digest got 363 bytes")) return true;
        // It stops at the first bad entry; here the walk would go on, to a link out of the sample.
        if (row.error().startsWith("stat links/")) return true;
        // It knows fewer hash functions.
        if (row.error().startsWith("unrecognized hash function")
                && !flags.contains("--hash=nonsense")) return true;
        if (row.error().endsWith("no such hash registered")) return true;
        for (String flag : flags) {
            // These are typing errors, or bytes that it leaves out of a mode; here they are
            // refused.
            if (flag.equals("--cid-version=-1") || flag.equals("--hash=shake-128")) return true;
            if (flag.matches("--chunker=|--chunker=rabin-([0-3]?[0-9]|4[0-7])")) return true;
            if (flag.startsWith("--mode=")
                    && isMode(flag)
                    && Command.mode(flag.substring(7)) > 07777) return true;
            // The first second of the year 1 is no time to it.
            if (flag.equals("--mtime=-62135596800")) return true;
        }
        return false;
    }

    private static boolean isMode(String flag) {
        return flag.matches("--mode=(0[xo]?)?[0-9a-f]+");
    }

    @ParameterizedTest
    @MethodSource("answered")
    void what_kubo_answers_has_the_same_CID_here(KuboAnswer row) throws Exception {
        assertThat(imported(row)).isEqualTo(row.cids());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_kubo_refuses_is_refused_here(KuboAnswer row) throws Exception {
        boolean said = row.flags().contains("--raw-leaves");
        if (row.error().startsWith("raw-leaves can't be used") && !said) {
            // To Kubo, the profile asked for raw leaves. Here metadata turns them off.
            List<String> flags = new ArrayList<>(row.flags());
            List<String> cids = imported(row);
            flags.add("--raw-leaves=false");
            assertThat(cids).isEqualTo(imported(with(row, flags)));
            return;
        }
        assertThat(catchThrowable(() -> imported(row)))
                .isInstanceOfAny(IllegalArgumentException.class, IOException.class)
                .hasMessageMatching("(?s).+");
    }

    private static KuboAnswer with(KuboAnswer row, List<String> flags) {
        return new KuboAnswer(
                row.id(),
                row.profile(),
                row.hamtThreshold(),
                row.input(),
                flags,
                row.paths(),
                row.cids(),
                row.error());
    }

    private static List<String> imported(KuboAnswer row) throws IOException, InterruptedException {
        Path folder = shelf.folderOf(row.input());
        Command command = new Command(folder, row);
        List<ImportSource> sources = new ArrayList<>();
        try (InputStream in = standardInput(row.input())) {
            for (String path : row.paths())
                if (!path.equals("-")) sources.add(ImportSource.path(folder.resolve(path)));
            if (row.paths().isEmpty() || row.paths().contains("-"))
                sources.add(ImportSource.stream(command.streamName, in));
            try (Importer importer =
                    new Importer(
                            command.options.build(),
                            command.tree,
                            HASHES,
                            _ -> {},
                            ImportListener.NONE)) {
                if (command.wrap) return List.of(importer.importWrapped(sources).cid().toString());
                return importer.importEach(sources).stream().map(i -> i.cid().toString()).toList();
            }
        }
    }

    private static InputStream standardInput(SampleInput input) throws IOException {
        return switch (input) {
            case SampleInput.OfStdin(var content) -> content.open();
            case SampleInput.OfFile _, SampleInput.OfTree _ -> InputStream.nullInputStream();
        };
    }

    /// The flags of a row, as `ipfs add` reads them.
    private static final class Command {
        final ImportOptionsBuilder options;
        TreeOptions tree = TreeOptions.DEFAULT.withRecursive(false);
        boolean wrap;
        LinkName streamName = LinkName.EMPTY;

        Command(Path folder, KuboAnswer row) throws IOException {
            Profile profile =
                    Arrays.stream(Profile.values())
                            .filter(p -> p.toString().equals(row.profile()))
                            .findAny()
                            .orElseThrow();
            options = ImportOptions.builder(profile);
            if (row.hamtThreshold() > 0)
                options.hamtThreshold(
                        (int) row.hamtThreshold(), ImportOptions.of(profile).hamtMeasure());
            List<String> ignore = new ArrayList<>();
            Path rules = null;
            boolean inline = false;
            int limit = 32;
            long seconds = 0;
            long nanos = 0;
            for (int i = 0; i < row.flags().size(); i++) {
                String[] flag = row.flags().get(i).split("=", 2);
                String value = flag.length == 2 ? flag[1] : "true";
                boolean yes = value.equals("true");
                switch (flag[0]) {
                    case "-s" -> options.chunker(ChunkerSpec.parse(row.flags().get(++i)));
                    case "--chunker" -> options.chunker(ChunkerSpec.parse(value));
                    case "--cid-version" -> options.cidVersion(Integer.parseInt(value));
                    case "--hash" ->
                            options.hash(
                                    Multicodec.named(hashName(value))
                                            .orElseThrow(
                                                    () -> new IllegalArgumentException(value)));
                    case "--raw-leaves" -> options.rawLeaves(yes);
                    case "-t", "--trickle" -> options.layout(ImportOptions.Layout.TRICKLE);
                    case "--max-file-links" -> options.maxFileLinks(Integer.parseInt(value));
                    case "--max-directory-links" ->
                            options.maxDirectoryLinks(Integer.parseInt(value));
                    case "--max-hamt-fanout" -> options.hamtFanout(Integer.parseInt(value));
                    case "--inline" -> inline = yes;
                    case "--inline-limit" -> limit = Integer.parseInt(value);
                    case "--preserve-mode" -> options.preserveMode(yes);
                    case "--preserve-mtime" -> options.preserveMtime(yes);
                    case "--mode" -> options.mode(mode(value));
                    case "--mtime" -> seconds = Long.parseLong(value);
                    case "--mtime-nsecs" -> nanos = Long.parseLong(value);
                    case "-r" -> tree = tree.withRecursive(true);
                    case "-H", "--hidden" -> tree = tree.withHidden(yes);
                    case "--ignore" -> ignore.add(value);
                    case "--ignore-rules-path" -> rules = folder.resolve(value);
                    case "--empty-dirs" -> tree = tree.withEmptyDirectories(yes);
                    case "--dereference-symlinks" -> tree = tree.withDereferenceSymlinks(yes);
                    case "--dereference-args" -> tree = tree.withDereferenceArguments(yes);
                    case "-w" -> wrap = yes;
                    case "--stdin-name" -> streamName = LinkName.of(value);
                    case "-n", "--pin" -> {}
                    default -> throw new IllegalStateException("flag " + flag[0]);
                }
            }
            if (inline) options.inline(limit);
            options.mtime(new Mtime(seconds, Math.toIntExact(nanos)));
            tree =
                    tree.withIgnore(
                            rules == null
                                    ? IgnoreRules.of(ignore)
                                    : IgnoreRules.read(rules, ignore));
        }

        private static String hashName(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "" -> "sha2-256";
                case "sha3" -> "sha3-512";
                case String name -> name;
            };
        }

        private static int mode(String value) {
            long mode =
                    value.startsWith("0o")
                            ? Long.parseLong(value.substring(2), 8)
                            : Long.decode(value);
            if (mode < 0) throw new IllegalArgumentException(value);
            return Math.clamp(mode, 0, Integer.MAX_VALUE);
        }
    }
}
