package cairn.rpc.diag;

import cairn.node.json.Json;
import cairn.rpc.server.GoDuration;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import cairn.rpc.server.RequestException;
import cairn.rpc.server.RequestLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a daemon works on, and did of late: `diag/cmds`.
final class Requests {
    /// Go's time of nothing: of a request that has no end yet.
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final Json.Obj EMPTY = new Json.Obj(Map.of());

    private final RequestLog log;

    Requests(RequestLog log) {
        this.log = log;
    }

    void list(Reply reply) throws IOException {
        List<Json> all = new ArrayList<>();
        for (RequestLog.Entry entry : log.entries()) all.add(json(entry));
        reply.value(new Json.Arr(all));
    }

    private static Json json(RequestLog.Entry entry) {
        Json.Obj options = EMPTY;
        for (Map.Entry<String, String> option : entry.options().entrySet())
            options = options.with(option.getKey(), new Json.Str(option.getValue()));
        return EMPTY.with("StartTime", new Json.Str(entry.start().toString()))
                .with("EndTime", new Json.Str(entry.end().map(Instant::toString).orElse(NEVER)))
                .with("Active", new Json.Bool(entry.end().isEmpty()))
                .with("Command", new Json.Str(entry.command()))
                .with("Options", options)
                .with(
                        "Args",
                        new Json.Arr(entry.arguments().stream().<Json>map(Json.Str::new).toList()))
                .with("ID", Json.Num.of(entry.id()));
    }

    void keep(Request request, Reply reply) throws IOException {
        String text = request.arguments("time").getFirst();
        Duration time =
                GoDuration.parse(text)
                        .orElseThrow(
                                () ->
                                        new RequestException(
                                                "a time is written like 1h30m, not "
                                                        + Request.brief(text)));
        log.keep(time);
    }
}
