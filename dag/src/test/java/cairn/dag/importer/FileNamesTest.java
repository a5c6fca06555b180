package cairn.dag.importer;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.LinkName;
import cairn.multiformats.Cid;
import cairn.testkit.TreeWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
    /// Plain, UTF-8, not UTF-8, U+FFFD as itself, and what URIs escape.
    private static final List<String> NAMES =
            List.of("61", "c3bc", "ff61fe", "efbfbd", "25", "23", "203f", "5c", "0a");

    @TempDir Path dir;

    @BeforeEach
    void fill() throws IOException {
        try (TreeWriter tree = new TreeWriter(dir)) {
            for (String name : NAMES) tree.file(HexFormat.of().parseHex(name), name);
            tree.symlink("link", HexFormat.of().parseHex("ff2fff"));
        }
    }

    /// What an import of the folder says: the bytes of names, and the root.
    static String imported(Path folder) throws IOException, InterruptedException {
        TestImport run = new TestImport();
        Cid root = run.path(folder).cid();
        TreeMap<String, Boolean> names = new TreeMap<>();
        for (var link : run.node(root).links())
            names.put(HexFormat.of().formatHex(link.name().bytes()), true);
        for (var link : run.node(root).links())
            if (link.name().equals(LinkName.of("link")))
                names.put(
                        "link:"
                                + HexFormat.of()
                                        .formatHex(
                                                bytes(run.unixFs(link.cid()).data().orElseThrow())),
                        true);
        return names.keySet() + " " + root;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void names_and_targets_keep_their_bytes() throws Exception {
        assertThat(imported(dir))
                .startsWith(
                        "[0a, 203f, 23, 25, 5c, 61, 6c696e6b, c3bc, efbfbd, ff61fe, link:ff2fff]");
    }

    @Test
    void the_platforms_charset_changes_nothing() throws Exception {
        for (String locale : List.of("C", "C.UTF-8")) {
            ProcessBuilder child =
                    new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FileNamesTest.class.getName(),
                            dir.toString());
            child.environment().put("LC_ALL", locale);
            child.redirectErrorStream(true);
            Process process = child.start();
            String printed;
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                printed = reader.readAllAsString();
            }
            assertThat(printed.strip()).as(locale).isEqualTo(imported(dir));
        }
    }

    /// The other process: prints what an import says.
    public static void main(String[] arguments) throws Exception {
        System.out.println(imported(Path.of(arguments[0])));
    }
}
