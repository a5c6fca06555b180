package cairn.cli.console;

import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import cairn.node.text.RawText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Opens the repo that a call is about, and makes it when it is written to for the first time. In a
/// daemon, that is the daemon's own.
public final class Repos {
    /// How long a writer waits for another one, unless `--timeout` says.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Repos() {}

    public static CairnNode open(Invocation call, Access access)
            throws IOException, UsageException {
        Optional<CairnNode> running = call.surroundings().node();
        return running.isPresent()
                ? running.get().shared()
                : options(call).open(path(call), access);
    }

    /// Opens the repo to change what is in it.
    public static CairnNode openExisting(Invocation call) throws IOException, UsageException {
        return call.surroundings().node().isPresent()
                ? open(call, Access.WRITE)
                : options(call).openExisting(path(call), Access.WRITE);
    }

    public static NodeOptions options(Invocation call) {
        return new NodeOptions(
                call.surroundings().commandLine(),
                call.globals().timeout().orElse(PATIENCE),
                path -> call.messages().say("cairn: made a new repo at " + path),
                owner ->
                        call.messages()
                                .say(
                                        "cairn: the repo is in use by "
                                                + Escapes.printable(owner)
                                                + "; waiting for it"),
                failure ->
                        call.messages()
                                .say(
                                        "cairn: the automatic collection failed: "
                                                + Escapes.printable(
                                                        String.valueOf(failure.getMessage()))));
    }

    public static Path path(Invocation call) throws UsageException {
        String named = call.globals().repoDir().orElse("");
        if (named.isEmpty())
            named = call.surroundings().environment().getOrDefault("CAIRN_PATH", "");
        if (!named.isEmpty()) return RawText.path(named);
        // Not the property user.home, which on Linux comes from the user database.
        String home =
                call.surroundings()
                        .environment()
                        .getOrDefault("HOME", System.getProperty("user.home", ""));
        if (home.isEmpty() || home.equals("?"))
            throw new UsageException("no home folder; say where the repo is with --repo-dir");
        return RawText.path(home).resolve(".cairn");
    }
}
