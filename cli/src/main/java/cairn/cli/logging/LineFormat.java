package cairn.cli.logging;

import cairn.cli.console.Escapes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// A message as a line: `2026-01-31 12:00:00 [WARN] RpcServer - text`, with what was thrown below
/// it. What it tells may come from afar, so control characters are escaped.
final class LineFormat extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    @Override
    public String format(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        String line =
                TIME.format(record.getInstant().atZone(ZoneId.systemDefault()))
                        + " ["
                        + word(record.getLevel())
                        + "] "
                        + logger.substring(logger.lastIndexOf('.') + 1)
                        + " - "
                        + Escapes.printable(formatMessage(record))
                        + "\n";
        if (record.getThrown() == null) return line;
        StringWriter trace = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(trace));
        return line + trace;
    }

    private static String word(Level level) {
        if (level.equals(Level.SEVERE)) return "ERROR";
        if (level.equals(Level.WARNING)) return "WARN";
        return level.intValue() < Level.INFO.intValue() ? "DEBUG" : level.getName();
    }
}
