package cairn.cli.console;

import cairn.dag.path.DagPath;
import cairn.node.text.RawText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Paths to nodes, as they are typed.
public final class Paths {
    private static final String IPFS = "/ipfs/";

    private Paths() {}

    public static DagPath parse(String text) throws IOException {
        boolean utf8 = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return DagPath.parse(utf8 ? text : uri(text));
    }

    public static List<DagPath> parse(List<String> texts) throws IOException {
        List<DagPath> paths = new ArrayList<>();
        for (String text : texts) paths.add(parse(text));
        return paths;
    }

    /// The same path in the form that can hold names which aren't UTF-8.
    private static String uri(String text) {
        StringBuilder out = new StringBuilder("ipfs://");
        for (byte b : RawText.encode(text.startsWith(IPFS) ? text.substring(IPFS.length()) : text))
            RawText.appendPercent(b, out);
        return out.toString();
    }
}
