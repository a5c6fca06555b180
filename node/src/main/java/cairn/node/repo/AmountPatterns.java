package cairn.node.repo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How amounts and times are written.
final class AmountPatterns {
    static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([kmgtpe]?)(i?)b?");
    static final Pattern TIME =
            Pattern.compile("(?=.)(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

    private AmountPatterns() {}

    static long part(Matcher time, int group) {
        return time.group(group) == null ? 0 : Long.parseLong(time.group(group));
    }
}
