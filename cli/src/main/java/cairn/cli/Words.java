package cairn.cli;

import cairn.cli.console.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The words of a call: which name the command, and the others, in order. Options of all commands
/// may stand before the name.
///
/// @param command a name in [CommandTable]
record Words(String command, List<String> others) {
    private static final Set<String> WITH_VALUE =
            Set.of(
                    "--repo-dir",
                    "--api",
                    "--api-auth",
                    "--enc",
                    "--encoding",
                    "--timeout",
                    "--cid-base");

    static Words split(List<String> words) throws UsageException {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-"))
            at += WITH_VALUE.contains(words.get(at)) ? 2 : 1;
        List<String> others = new ArrayList<>(words.subList(0, Math.min(at, words.size())));
        if (at >= words.size()) return new Words("help", others);
        String name = words.get(at);
        int taken = 1;
        while (at + taken < words.size()) {
            String longer = name + " " + words.get(at + taken);
            if (!CommandTable.names().contains(longer) && !CommandTable.isGroup(longer)) break;
            name = longer;
            taken++;
        }
        List<String> rest = words.subList(at + taken, words.size());
        CommandTable.check(name, rest);
        others.addAll(rest);
        return new Words(name, others);
    }
}
