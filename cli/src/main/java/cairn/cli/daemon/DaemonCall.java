package cairn.cli.daemon;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Silence;
import cairn.cli.console.StandardInput;
import cairn.cli.console.Surroundings.Uploaded;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.rpc.client.Answer;
import cairn.rpc.client.BrokenAnswerException;
import cairn.rpc.client.Parameters;
import cairn.rpc.client.RequestBody;
import cairn.rpc.frames.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/// Runs a command in the daemon, where the store is, and prints what it prints there.
public final class DaemonCall {
    /// What concerns the caller alone.
    private static final Set<String> OWN =
            Set.of("repo-dir", "api", "api-auth", "enc", "encoding", "timeout", "debug", "help");

    private final Invocation call;
    private final Command command;

    private DaemonCall(Invocation call, Command command) {
        this.call = call;
        this.command = command;
    }

    /// Runs a command in the daemon of its repo, or the one that the call names.
    ///
    /// @return false when none runs
    /// @throws CommandException when the command failed, or the daemon that the call names isn't
    ///   there
    public static boolean runIfRunning(Invocation call, Command command)
            throws IOException, UsageException {
        return new DaemonCall(call, command).run();
    }

    private boolean run() throws IOException, UsageException {
        Api api = Api.of(call);
        if (!api.isNamed()) return false;
        Optional<Outgoing> outgoing = outgoing();
        Parameters parameters = api.parameters();
        Optional<RequestBody> arguments =
                outgoing.isEmpty()
                        ? SentArguments.add(call.arguments(), parameters)
                        : Optional.empty();
        call.given()
                .forEach(
                        (name, values) -> {
                            if (!OWN.contains(name)
                                    && outgoing.filter(o -> o.kept().contains(name)).isEmpty())
                                values.forEach(value -> parameters.option(name, value));
                        });
        outgoing.map(Outgoing::source)
                .filter(source -> !source.isEmpty())
                .ifPresent(source -> parameters.option(Uploaded.SOURCE, source));
        parameters.option("encoding", call.globals().json() ? "json" : "text");
        parameters.option(Frame.OPTION, "true");
        parameters.option("terminals", terminals());
        String path = call.usage().name().replace(' ', '/');
        Optional<Answer> answer =
                api.callIfRunning(
                        path,
                        parameters,
                        arguments.or(() -> outgoing.map(Outgoing::body)).or(this::lines));
        if (answer.isEmpty()) return false;
        try (Answer open = answer.get()) {
            print(open);
        }
        return true;
    }

    private Optional<Outgoing> outgoing() throws IOException, UsageException {
        return command instanceof FileCommand files
                ? Optional.of(files.outgoing(call))
                : Optional.empty();
    }

    private void print(Answer answer) throws IOException {
        try {
            if (answer.type().equals(Frame.MEDIA_TYPE)) print(answer.body());
            else answer.body().transferTo(call.out());
        } catch (IOException e) {
            throw answer.uploadFailure().orElse(e);
        }
    }

    /// Which of the caller's streams a person watches.
    private String terminals() {
        return (call.out().isTerminal() ? "1" : "") + (call.messages().isTerminal() ? "2" : "");
    }

    private Optional<RequestBody> lines() {
        return call.usage().input() == Usage.Input.LINES && call.arguments().isEmpty()
                ? Optional.of(RequestBody.of(StandardInput.open(call)))
                : Optional.empty();
    }

    private void print(InputStream in) throws IOException {
        try (Silence silence = Silence.during(call)) {
            print(in, silence);
        }
    }

    private void print(InputStream in, Silence silence) throws IOException {
        while (true) {
            Frame frame = read(in);
            switch (frame.kind()) {
                case OUTPUT -> {
                    if (call.out().isTerminal()) call.messages().clearProgress();
                    silence.broken();
                    call.out().write(frame.bytes());
                    call.out().flush();
                }
                case SOURCES -> {} // the command shows them itself
                case MESSAGE -> call.messages().pass(frame.bytes());
                case DONE -> {
                    return;
                }
                case FAILED -> throw new CommandException(frame.text());
            }
        }
    }

    private static Frame read(InputStream in) throws IOException {
        try {
            return Frame.read(in);
        } catch (EOFException e) {
            throw new BrokenAnswerException(e);
        }
    }
}
