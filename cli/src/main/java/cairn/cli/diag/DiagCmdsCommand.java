package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Answer;
import cairn.rpc.server.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lists what a daemon works on, and did of late.
public final class DiagCmdsCommand implements Command {
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);

    @Override
    public Usage usage() {
        return Usage.of("diag cmds", "List what a daemon works on, and did of late")
                .flag("-v --verbose", "With numbers, arguments and options.")
                .example("cairn diag cmds", "shows what is going on");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        try (Answer answer = api.call("diag/cmds", api.parameters())) {
            Json all = answer.next().orElse(new Json.Arr(List.of()));
            if (call.globals().json()) call.out().json(all);
            else print(all, call);
        }
    }

    private static void print(Json all, Invocation call) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                call.flag("--verbose")
                        ? List.of(
                                "ID",
                                "Command",
                                "Arguments",
                                "Options",
                                "Active",
                                "StartTime",
                                "RunTime")
                        : List.of("Command", "Active", "StartTime", "RunTime"));
        if (all instanceof Json.Arr(var items))
            for (Json item : items)
                if (item instanceof Json.Obj request) rows.add(row(request, call));
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows)
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++)
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            call.out().line(line.toString().stripTrailing());
        }
    }

    private static List<String> row(Json.Obj request, Invocation call) {
        List<String> row = new ArrayList<>();
        if (call.flag("--verbose")) row.add(Long.toString(Api.number(request, "ID")));
        row.add(Api.text(request, "Command"));
        if (call.flag("--verbose")) {
            row.add(
                    "["
                            + String.join(
                                    ",",
                                    Api.texts(request, "Args").stream()
                                            .map(Escapes::printable)
                                            .toList())
                            + "]");
            row.add(options(request));
        }
        boolean active = request.get("Active").orElse(null) instanceof Json.Bool(var is) && is;
        row.add(Boolean.toString(active));
        row.addAll(times(request, active));
        return row;
    }

    private static String options(Json.Obj request) {
        StringBuilder out = new StringBuilder("[");
        if (request.get("Options").orElse(null) instanceof Json.Obj options)
            for (String name : options.members().keySet())
                out.append(Escapes.printable(name))
                        .append('=')
                        .append(Api.text(options, name))
                        .append(',');
        return out.append(']').toString();
    }

    private static List<String> times(Json.Obj request, boolean active) {
        try {
            Instant start = Instant.parse(Api.text(request, "StartTime"));
            Instant end = active ? Instant.now() : Instant.parse(Api.text(request, "EndTime"));
            return List.of(
                    SHORT.format(start.atZone(ZoneId.systemDefault())),
                    GoDuration.text(Duration.between(start, end)));
        } catch (DateTimeParseException e) {
            return List.of("?", "?");
        }
    }
}
