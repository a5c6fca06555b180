package cairn.rpc.diag;

import cairn.node.json.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What is logged from now on, for one who reads it. What comes while much waits is left out, and
/// counted in the next line.
final class LogLines extends Handler {
    private static final int MOST_WAITING = 1024;

    /// What the server logs while it sends a line would bring the next.
    private static final String SERVER = "org.eclipse.jetty";

    private final BlockingQueue<Json> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LogLines() {}

    static LogLines open() {
        LogLines lines = new LogLines();
        Logger.getLogger("").addHandler(lines);
        return lines;
    }

    /// The next; waits for it.
    Json next() throws InterruptedException {
        return waiting.take();
    }

    @Override
    public void publish(LogRecord record) {
        if (String.valueOf(record.getLoggerName()).startsWith(SERVER)) return;
        long missing = leftOut.get();
        Json.Obj line =
                new Json.Obj(Map.of())
                        .with("level", new Json.Str(word(record.getLevel())))
                        .with(
                                "ts",
                                new Json.Str(Instant.ofEpochMilli(record.getMillis()).toString()))
                        .with("logger", new Json.Str(String.valueOf(record.getLoggerName())))
                        .with("msg", new Json.Str(formatter.formatMessage(record)));
        if (record.getThrown() != null)
            line = line.with("error", new Json.Str(record.getThrown().toString()));
        if (missing > 0) line = line.with("leftOut", Json.Num.of(missing));
        if (waiting.offer(line)) leftOut.addAndGet(-missing);
        else leftOut.incrementAndGet();
    }

    private static String word(Level level) {
        if (level.intValue() < Level.INFO.intValue()) return "debug";
        if (level.equals(Level.WARNING)) return "warn";
        return level.equals(Level.SEVERE) ? "error" : level.getName().toLowerCase(Locale.ROOT);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
