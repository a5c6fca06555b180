package cairn.cli;

import cairn.cli.console.CallParser;
import cairn.cli.console.Command;
import cairn.cli.console.Fetching;
import cairn.cli.console.Invocation;
import cairn.cli.console.Messages;
import cairn.cli.console.Output;
import cairn.cli.console.Surroundings.Uploaded;
import cairn.cli.console.Surroundings;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.SentArguments;
import cairn.node.CairnNode;
import cairn.rpc.NodeCommands;
import cairn.rpc.frames.Frame;
import cairn.rpc.frames.FrameWriter;
import cairn.rpc.server.Endpoint;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import cairn.rpc.server.RequestException;
import cairn.rpc.server.Upload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// A command as an endpoint: makes a call of a request, runs it on the daemon's node, and sends
/// what it prints. `docs/decisions/0051-commands-run-at-the-store.md` says why.
final class ServedCommand implements Endpoint {
    private final String name;
    private final NodeCommands.Nodes nodes;
    private final Path repo;
    private final Semaphore imports;

    /// @param imports held by a command that takes files in, while it runs
    ServedCommand(String name, NodeCommands.Nodes nodes, Path repo, Semaphore imports) {
        this.name = name;
        this.nodes = nodes;
        this.repo = repo;
        this.imports = imports;
    }

    @Override
    public BodyUse bodyUse(Request request) {
        if (SentArguments.areIn(request)) return BodyUse.READ;
        return switch (CommandTable.command(name).usage().input()) {
            case NONE -> BodyUse.NONE;
            case LINES -> request.text("arg").isPresent() ? BodyUse.NONE : BodyUse.AHEAD;
            case FILES, LAST_FILE -> BodyUse.READ;
        };
    }

    @Override
    public void answer(Request request, Reply reply) throws IOException {
        if (CommandTable.command(name).usage().input() != Usage.Input.FILES) {
            CommandThread.run(name, () -> run(request, reply));
            return;
        }
        try {
            imports.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while others took files in");
        }
        try {
            CommandThread.run(name, () -> run(request, reply));
        } finally {
            imports.release();
        }
    }

    private void run(Request request, Reply reply) throws IOException {
        Command command = CommandTable.command(name);
        boolean framed = request.flag(Frame.OPTION);
        List<String> words = words(request, command.usage());
        Optional<Uploaded> uploaded = uploaded(request, command.usage());
        try (CairnNode node = nodes.open(request.flag("offline"), request.timeout())) {
            if (framed) answerInFrames(command, words, request, uploaded, reply, node);
            else answerPlainly(command, words, request, uploaded, reply, node);
        }
    }

    private static Optional<Uploaded> uploaded(Request request, Usage usage)
            throws RequestException {
        boolean all = usage.input() == Usage.Input.FILES;
        if (!all && usage.input() != Usage.Input.LAST_FILE) return Optional.empty();
        if (all && !request.arguments().isEmpty())
            throw new RequestException(
                    "this call takes no arguments: its files are the parts of the request");
        return Optional.of(
                new Uploaded(Upload.of(request.body()), request.text(Uploaded.SOURCE).orElse("")));
    }

    private void answerInFrames(
            Command command,
            List<String> words,
            Request request,
            Optional<Uploaded> uploaded,
            Reply reply,
            CairnNode node)
            throws IOException {
        FrameWriter frames = new FrameWriter(reply.stream(Frame.MEDIA_TYPE), node::sources);
        String terminals = request.text("terminals").orElse("");
        Surroundings surroundings =
                surroundings(
                        request,
                        new Output(frames.output(), terminals.contains("1")),
                        new Messages(frames.messages(), terminals.contains("2")),
                        node,
                        uploaded);
        boolean transfers = command.usage().answer().filter(Usage.Runs.VALUES::equals).isPresent();
        try {
            Invocation call = parse(command, words, surroundings);
            try (Fetching _ = Fetching.show(surroundings.messages(), node::fetched, transfers)) {
                run(command, call);
            }
            frames.done();
        } catch (IOException | UsageException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted())
                throw e instanceof IOException io ? io : new IOException(e);
            frames.failed(new Failures(surroundings, false).text(e));
        }
    }

    private void answerPlainly(
            Command command,
            List<String> words,
            Request request,
            Optional<Uploaded> uploaded,
            Reply reply,
            CairnNode node)
            throws IOException {
        ReplyChannel out = new ReplyChannel(reply);
        Surroundings surroundings =
                surroundings(
                        request,
                        new Output(out, false),
                        new Messages(OutputStream.nullOutputStream(), false),
                        node,
                        uploaded);
        Invocation call;
        try {
            call = parse(command, words, surroundings);
        } catch (UsageException e) {
            throw new RequestException(e.getMessage());
        }
        out.begin(type(call));
        try {
            run(command, call);
        } catch (RequestException e) {
            throw e;
        } catch (UsageException | RuntimeException e) {
            throw new IOException(new Failures(surroundings, false).text(e), e);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) throw e;
            throw new IOException(new Failures(surroundings, false).text(e), e);
        }
    }

    private Surroundings surroundings(
            Request request,
            Output out,
            Messages messages,
            CairnNode node,
            Optional<Uploaded> uploaded) {
        return new Surroundings(
                Map.of("CAIRN_PATH", repo.toString()),
                request.body().in(),
                false,
                out,
                messages,
                "cairn " + name,
                Optional.of(node),
                uploaded);
    }

    private static Invocation parse(Command command, List<String> words, Surroundings surroundings)
            throws UsageException {
        return CallParser.parse(command.usage(), words, surroundings);
    }

    private static void run(Command command, Invocation call) throws IOException, UsageException {
        try {
            command.run(call);
        } finally {
            call.messages().clearProgress();
            call.out().flush();
        }
    }

    /// The words of a command line that say the same as a request. Options that the command doesn't
    /// have are passed over, as Kubo's clients send some to all.
    private static List<String> words(Request request, Usage usage) throws IOException {
        List<String> words = new ArrayList<>();
        if (request.text("encoding").or(() -> request.text("enc")).isEmpty())
            words.add("--encoding=json");
        List<String> known =
                usage.withGlobals().optionNames().stream().flatMap(List::stream).toList();
        request.parameters()
                .forEach(
                        (option, values) -> {
                            String dashed = (option.length() == 1 ? "-" : "--") + option;
                            if (known.contains(dashed) && !CALLERS.contains(option))
                                for (String value : values)
                                    words.add(
                                            value.isEmpty() && usage.isFlag(dashed)
                                                    ? dashed
                                                    : dashed + "=" + value);
                        });
        words.add("--");
        words.addAll(
                SentArguments.areIn(request)
                        ? SentArguments.read(request.body())
                        : request.arguments());
        return words;
    }

    /// Options that make no sense here.
    private static final List<String> CALLERS =
            List.of("repo-dir", "api", "api-auth", "timeout", "debug", "D", "help", "h");

    private static String type(Invocation call) {
        return switch (call.usage().answer().orElse(Usage.Runs.VALUES)) {
            case BYTES -> "application/octet-stream";
            case ARCHIVE -> call.flag("--compress") ? "application/gzip" : "application/x-tar";
            case VALUES -> call.globals().json() ? "application/json" : "text/plain; charset=utf-8";
        };
    }
}
