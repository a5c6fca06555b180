package cairn.rpc.diag;

import cairn.node.json.Json;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/// What a daemon logs: `log/ls`, `log/level` and `log/tail`. A subsystem is a module of ours, such
/// as `libp2p`, or the first two words of a library's names, such as `org.eclipse`.
///
/// Levels go to the JDK's loggers, which keep what was set as long as somebody holds them: so this
/// does.
final class Logs {
    private static final String OURS = "cairn.";

    /// Both of Kubo's words for all.
    private static final List<String> ALL = List.of("all", "*");

    private static final String DEFAULT = "(default)";

    /// By Go's words for them.
    private static final Map<String, Level> LEVELS =
            Map.of(
                    "debug", Level.FINE,
                    "info", Level.INFO,
                    "warn", Level.WARNING,
                    "error", Level.SEVERE,
                    "dpanic", Level.SEVERE,
                    "panic", Level.SEVERE,
                    "fatal", Level.SEVERE);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final int MOST_HELD = 256;

    private final Map<String, Logger> set = new LinkedHashMap<>(); // guarded by this

    void list(Reply reply) throws IOException {
        List<Json> names = subsystems().stream().<Json>map(Json.Str::new).toList();
        reply.value(new Json.Obj(Map.of("Strings", new Json.Arr(names))));
    }

    private static Set<String> subsystems() {
        Set<String> names = new TreeSet<>();
        for (String logger : Collections.list(LogManager.getLogManager().getLoggerNames()))
            if (logger.contains(".")) names.add(subsystem(logger));
        return names;
    }

    private static String subsystem(String logger) {
        String[] words = logger.split("\\.", 3);
        return logger.startsWith(OURS) ? words[1] : words[0] + "." + words[1];
    }

    void level(Request request, Reply reply) throws IOException {
        List<String> arguments = request.arguments();
        switch (arguments.size()) {
            case 0 -> reply.value(levels(Map.of("", word(Logger.getLogger("")))));
            case 1 -> reply.value(shown(Request.brief(arguments.getFirst())));
            default -> reply.value(changed(arguments.get(0), arguments.get(1)));
        }
    }

    private synchronized Json shown(String subsystem) throws IOException {
        if (!ALL.contains(subsystem))
            return levels(Map.of(subsystem, word(Logger.getLogger(loggerName(subsystem)))));
        Map<String, String> all = new LinkedHashMap<>();
        all.put(DEFAULT, word(Logger.getLogger("")));
        for (String name : subsystems()) all.put(name, word(Logger.getLogger(loggerName(name))));
        return levels(all);
    }

    private static Json levels(Map<String, String> words) {
        Json.Obj levels = new Json.Obj(Map.of());
        for (Map.Entry<String, String> level : words.entrySet())
            levels = levels.with(level.getKey(), new Json.Str(level.getValue()));
        return new Json.Obj(Map.of("Levels", levels));
    }

    private synchronized Json changed(String subsystem, String word) throws IOException {
        Level level = LEVELS.get(word);
        if (level == null)
            throw new IOException("unrecognized level: \"" + Request.brief(word) + "\"");
        if (ALL.contains(subsystem)) {
            set.values().forEach(logger -> logger.setLevel(null));
            set.clear();
            Logger.getLogger("").setLevel(level);
            if (level.intValue() < Level.INFO.intValue()) leaveLibraries();
        } else {
            Logger logger = Logger.getLogger(loggerName(subsystem));
            if (set.size() >= MOST_HELD && !set.containsKey(subsystem))
                throw new IOException("more than " + MOST_HELD + " levels are set; set all anew");
            set.put(subsystem, logger);
            logger.setLevel(level);
        }
        String shown = ALL.contains(subsystem) ? "*" : subsystem;
        String text = "Changed log level of '" + shown + "' to '" + word + "'\n";
        return new Json.Obj(Map.of("Message", new Json.Str(text)));
    }

    /// Libraries tell of their insides only to who names them: a web server's own would drown the
    /// rest.
    private void leaveLibraries() {
        for (String library : subsystems())
            if (library.contains(".") && set.size() < MOST_HELD) {
                Logger logger = Logger.getLogger(library);
                set.put(library, logger);
                logger.setLevel(Level.INFO);
            }
    }

    private static String loggerName(String subsystem) throws IOException {
        if (subsystem.isEmpty() || subsystem.equals(DEFAULT)) return "";
        if (!NAME.matcher(subsystem).matches())
            throw new IOException("no subsystem is called \"" + Request.brief(subsystem) + "\"");
        return subsystem.contains(".") ? subsystem : OURS + subsystem;
    }

    /// The level that holds for a logger, in Go's words.
    private static String word(Logger logger) {
        Logger at = logger;
        while (at.getLevel() == null && at.getParent() != null) at = at.getParent();
        int level = at.getLevel() == null ? Level.INFO.intValue() : at.getLevel().intValue();
        if (level <= Level.FINE.intValue()) return "debug";
        if (level <= Level.INFO.intValue()) return "info";
        return level <= Level.WARNING.intValue() ? "warn" : "error";
    }

    /// Sends what is logged, a line each, until the client goes.
    void tail(Reply reply) throws IOException {
        LogLines lines = LogLines.open();
        try {
            while (true) reply.line(lines.next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for what is logged");
        } finally {
            lines.close();
        }
    }
}
