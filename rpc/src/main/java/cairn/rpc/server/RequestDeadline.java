package cairn.rpc.server;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/// Ends connections whose request doesn't come within some time of their beginning, so that one
/// which drips holds its place for no longer. Each connection serves one request. Safe for many
/// threads.
final class RequestDeadline implements Connection.Listener {
    /// How long a connection whose time is over may be silent: less than a drop takes that someone
    /// drips.
    static final long OVER_MILLIS = 5;

    private final Scheduler scheduler;
    private final Duration time;
    private final Map<EndPoint, Scheduler.Task> waiting = new ConcurrentHashMap<>();

    RequestDeadline(Scheduler scheduler, Duration time) {
        this.scheduler = scheduler;
        this.time = time;
    }

    @Override
    public void onOpened(Connection connection) {
        begin(connection.getEndPoint());
    }

    /// Something is awaited of a connection from now on.
    void begin(EndPoint end) {
        waiting.put(
                end, scheduler.schedule(() -> late(end), time.toMillis(), TimeUnit.MILLISECONDS));
        if (!end.isOpen()) met(end);
    }

    /// Has the connection itself find that it is idle: to close it under the thread that reads it
    /// would give its buffers to another connection too soon.
    private void late(EndPoint end) {
        waiting.computeIfPresent(
                end,
                (_, _) -> {
                    end.setIdleTimeout(OVER_MILLIS);
                    return null;
                });
    }

    @Override
    public void onClosed(Connection connection) {
        met(connection.getEndPoint());
    }

    /// What was awaited of a connection is there.
    void met(EndPoint end) {
        Optional.ofNullable(waiting.remove(end)).ifPresent(Scheduler.Task::cancel);
    }
}
