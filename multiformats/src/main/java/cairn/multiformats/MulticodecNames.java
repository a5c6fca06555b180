package cairn.multiformats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registry's numbers and names, from the table `multicodec.tsv`, which is loaded when a number
/// or name is first asked for that is not one of the commonest.
final class MulticodecNames {
    private static final Map<Long, String> NAMES;
    private static final Map<String, Multicodec> CODES;

    static {
        List<String> lines = PackedTable.lines("multicodec.tsv");
        NAMES = HashMap.newHashMap(lines.size());
        CODES = HashMap.newHashMap(lines.size());
        for (String line : lines) {
            int tab = line.indexOf('\t');
            long code = Long.parseLong(line, 0, tab, 16);
            String name = line.substring(tab + 1);
            NAMES.put(code, name);
            CODES.put(name, new Multicodec(code));
        }
    }

    private MulticodecNames() {}

    static Optional<String> find(long code) {
        return Optional.ofNullable(NAMES.get(code));
    }

    static Optional<Multicodec> find(String name) {
        return Optional.ofNullable(CODES.get(name));
    }
}
