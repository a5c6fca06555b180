package cairn.blockstore.upkeep;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was found to be damaged, each with the first reason.
final class Damages {
    /// More aren't told apart.
    private static final int MOST = 1000;

    private final Map<String, String> reasons = new LinkedHashMap<>();

    void add(Path file, String reason) {
        add(file.getFileName().toString(), reason);
    }

    void add(String what, String reason) {
        if (reasons.size() < MOST) reasons.putIfAbsent(what, reason);
    }

    Map<String, String> all() {
        return reasons;
    }
}
