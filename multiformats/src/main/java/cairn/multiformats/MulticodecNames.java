package cairn.multiformats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registry's numbers and names, from the table `multicodec.tsv`, which is loaded when a number
/// or name is first asked for that is not one of the commonest. Its rows are in the order of the
/// numbers: number, name, and what it names where that is known.
final class MulticodecNames {
    private static final Map<Long, String> NAMES;
    private static final Map<String, Multicodec> CODES;
    private static final List<Multicodec> BLOCKS;
    private static final List<Multicodec> HASHES;

    static {
        List<String> lines = PackedTable.lines("multicodec.tsv");
        NAMES = HashMap.newHashMap(lines.size());
        CODES = HashMap.newHashMap(lines.size());
        List<Multicodec> blocks = new ArrayList<>();
        List<Multicodec> hashes = new ArrayList<>();
        for (String line : lines) {
            int tab = line.indexOf('\t');
            int end = line.indexOf('\t', tab + 1);
            Multicodec code = new Multicodec(Long.parseLong(line, 0, tab, 16));
            String name = line.substring(tab + 1, end < 0 ? line.length() : end);
            NAMES.put(code.code(), name);
            CODES.put(name, code);
            if (line.endsWith("\tblock")) blocks.add(code);
            if (line.endsWith("\thash")) hashes.add(code);
        }
        BLOCKS = List.copyOf(blocks);
        HASHES = List.copyOf(hashes);
    }

    private MulticodecNames() {}

    static Optional<String> find(long code) {
        return Optional.ofNullable(NAMES.get(code));
    }

    static Optional<Multicodec> find(String name) {
        return Optional.ofNullable(CODES.get(name));
    }

    static List<Multicodec> ofBlocks() {
        return BLOCKS;
    }

    static List<Multicodec> ofHashes() {
        return HASHES;
    }
}
