package cairn.rpc.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The requests that are being answered, and those of late. State is guarded by `this`.
public final class RequestLog {
    /// Of those that were answered.
    private static final int MOST_ENDED = 256;

    private static final int MOST_ARGUMENTS = 16;

    private static final Duration KEPT = Duration.ofHours(1);

    private final InstantSource clock;
    private final Map<Long, Entry> active = new LinkedHashMap<>();
    private final Deque<Entry> ended = new ArrayDeque<>();
    private Duration kept = KEPT;
    private long ids;

    public RequestLog(InstantSource clock) {
        this.clock = clock;
    }

    /// A request.
    ///
    /// @param command the path, such as `pin/add`
    /// @param arguments the first of them, and the beginnings of long ones
    /// @param end when it was answered; empty when it isn't yet
    public record Entry(
            long id,
            String command,
            Map<String, String> options,
            List<String> arguments,
            Instant start,
            Optional<Instant> end) {
        public Entry {
            options = Map.copyOf(options);
            arguments = List.copyOf(arguments);
        }

        private Entry endedAt(Instant time) {
            return new Entry(id, command, options, arguments, start, Optional.of(time));
        }
    }

    /// A request is being answered.
    ///
    /// @return its number
    synchronized long begin(String command, Request request) throws RequestException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : request.parameters().keySet())
            if (!name.equals(Request.ARGUMENT) && options.size() < MOST_ARGUMENTS)
                options.put(Request.brief(name), Request.brief(request.text(name).orElse("")));
        // The second argument is a setting's value, which may be a secret.
        int told = command.equals("config") ? 1 : MOST_ARGUMENTS;
        List<String> arguments =
                request.arguments().stream().limit(told).map(Request::brief).toList();
        long id = ++ids;
        active.put(
                id, new Entry(id, command, options, arguments, clock.instant(), Optional.empty()));
        return id;
    }

    synchronized void end(long id) {
        Entry entry = active.remove(id);
        if (entry != null) ended.add(entry.endedAt(clock.instant()));
        forget();
    }

    private void forget() {
        Instant oldest = clock.instant().minus(kept);
        while (!ended.isEmpty()
                && (ended.size() > MOST_ENDED || ended.peek().end.get().isBefore(oldest)))
            ended.poll();
    }

    /// All that are known, those that are being answered last.
    public synchronized List<Entry> entries() {
        forget();
        List<Entry> all = new ArrayList<>(ended);
        all.addAll(active.values());
        return all;
    }

    /// Forgets those that were answered.
    public synchronized void clear() {
        ended.clear();
    }

    /// Says how long those that were answered are kept.
    public synchronized void keep(Duration time) {
        kept = time;
        forget();
    }
}
