package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Output;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.MovedPort;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.CairnNode;
import cairn.rpc.Daemon;
import cairn.rpc.DaemonOptions;
import cairn.rpc.NodeCommands;
import cairn.rpc.server.Callers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Runs the repo's node until it is told to end: by `cairn shutdown`, or by the signals INT and
/// TERM.
public final class DaemonCommand implements Command {
    private final Function<Path, NodeCommands> commands;

    /// @param commands that it answers, of a repo
    public DaemonCommand(Function<Path, NodeCommands> commands) {
        this.commands = commands;
    }

    @Override
    public Usage usage() {
        return Usage.of("daemon", "Run a node on the network")
                .flag("--init", "Make the repo first; it is made anyway where there is none.")
                .explain(
                        "It connects to peers, gives them the blocks that are here, and fetches those"
                                + " that commands ask for, until \"cairn shutdown\" or Ctrl-C. While"
                                + " it runs, commands about blocks run in it. Settings are read when"
                                + " it starts.")
                .explain(
                        "Where another program has the ports of Addresses.Swarm or Addresses.API, it"
                                + " takes those behind them, and says so.")
                .example("cairn daemon &", "runs a node, and gives the shell back");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Output out = call.out();
        out.line("Initializing daemon...");
        out.line("Cairn version: " + Programs.version());
        out.line("Repo version: " + CairnNode.REPO_VERSION);
        out.line(
                "System version: "
                        + System.getProperty("os.arch")
                        + "/"
                        + System.getProperty("os.name"));
        out.line("Java version: " + System.getProperty("java.version"));
        out.line("");
        out.flush();
        String force = call.surroundings().environment().getOrDefault("LIBP2P_FORCE_PNET", "0");
        DaemonOptions options =
                new DaemonOptions(
                        Repos.path(call),
                        Repos.options(call),
                        Programs.version(),
                        Programs.commit(),
                        commands.apply(Repos.path(call)),
                        force.equals("1"));
        Ending ending = new Ending(Ending.TIME, call.messages()::say, Runtime.getRuntime()::halt);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::signalled, "daemon-end"));
        try (Daemon daemon = Daemon.open(options);
                IdleHeap _ = IdleHeap.watched(IdleHeap.CALM)) {
            ending.started(daemon::end);
            introduce(daemon, call);
            out.line("Daemon is ready");
            out.flush();
            daemon.awaitEnd();
            out.line("Shutting down...");
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            ending.done();
        }
    }

    private static void introduce(Daemon daemon, Invocation call) throws IOException {
        Output out = call.out();
        Host host = daemon.network().host();
        out.line("PeerID: " + host.id());
        daemon.network()
                .privateNetwork()
                .ifPresent(
                        network ->
                                call.messages().say("cairn: swarm key " + network.fingerprint()));
        if (!daemon.network().leftOut().isEmpty())
            call.messages()
                    .say(
                            "cairn: a private network goes without QUIC; not listening on "
                                    + daemon.network().leftOut().getFirst()
                                    + (daemon.network().leftOut().size() > 1 ? " ..." : ""));
        for (MovedPort port : host.movedPorts())
            call.messages()
                    .say(
                            "cairn: port "
                                    + port.wanted()
                                    + " is taken, by another node as a rule; listening on "
                                    + port.taken());
        List<Multiaddr> listening = host.listenAddresses();
        for (Multiaddr address : listening) out.line("Swarm listening on " + address);
        for (Multiaddr address : host.announcedAddresses())
            if (!listening.contains(address)) out.line("Swarm announcing " + address);
        for (Map.Entry<Multiaddr, Multiaddr> api : daemon.movedApis().entrySet())
            call.messages()
                    .say(
                            "cairn: "
                                    + api.getKey()
                                    + " is taken, by another node as a rule; the RPC API is at "
                                    + api.getValue());
        for (Multiaddr address : daemon.apiAddresses())
            out.line("RPC API server listening on " + address);
        if (daemon.isApiOpen()) call.messages().say("cairn: " + open(daemon.callers()));
    }

    /// Who gets in where the API listens beyond this machine.
    private static String open(Callers callers) {
        if (!callers.isOpenBeyond())
            return "the RPC API listens beyond this machine, and refuses who comes from there: set"
                    + " API.Authorizations, or API.TrustedNetworks";
        return "the RPC API listens beyond this machine, and lets in who shows a secret of"
                + " API.Authorizations"
                + (callers.trusted().isEmpty() ? "" : " or comes from API.TrustedNetworks")
                + "; what is sent isn't encrypted";
    }
}
