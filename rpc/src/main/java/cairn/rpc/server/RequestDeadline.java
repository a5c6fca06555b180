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
    private final Scheduler scheduler;
    private final Duration time;
    private final Map<EndPoint, Scheduler.Task> waiting = new ConcurrentHashMap<>();

    RequestDeadline(Scheduler scheduler, Duration time) {
        this.scheduler = scheduler;
        this.time = time;
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint end = connection.getEndPoint();
        waiting.put(
                end, scheduler.schedule(() -> late(end), time.toMillis(), TimeUnit.MILLISECONDS));
        if (!end.isOpen()) met(end);
    }

    private void late(EndPoint end) {
        if (waiting.remove(end) != null) end.close();
    }

    @Override
    public void onClosed(Connection connection) {
        met(connection.getEndPoint());
    }

    /// The request of a connection is there.
    void met(EndPoint end) {
        Optional.ofNullable(waiting.remove(end)).ifPresent(Scheduler.Task::cancel);
    }
}
