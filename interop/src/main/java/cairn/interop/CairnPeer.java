package cairn.interop;

import cairn.libp2p.limits.Limits;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A peer of Cairn in a process of its own, which understands the lines that those in other
/// languages do: for what needs a process, as dying in the middle and its memory do.
public final class CairnPeer {
    private static final String LIMITED = "limited";
    private static final String UNLIMITED = "unlimited";

    private final List<CairnHost> hosts = new CopyOnWriteArrayList<>();
    private final WebTls webTls;
    private final Optional<Limits> limits;

    private CairnPeer(WebTls webTls, Optional<Limits> limits) {
        this.webTls = webTls;
        this.limits = limits;
    }

    /// The command that starts one, with this process's Java and class path.
    ///
    /// @param limited whether its hosts have the limits that hosts have by default, or none
    static List<String> command(boolean limited) {
        return CommandLines.java(CairnPeer.class, limited ? LIMITED : UNLIMITED);
    }

    public static void main(String[] arguments) throws IOException {
        Optional<Limits> limits =
                List.of(arguments).contains(UNLIMITED)
                        ? Optional.of(CairnHost.NO_LIMITS)
                        : Optional.empty();
        CairnPeer peer = new CairnPeer(WebTls.make(), limits);
        CommandLines.serve(peer::perform);
        for (CairnHost host : peer.hosts) host.close();
        System.exit(0);
    }

    private Json.Obj perform(Answer command) throws IOException {
        String what = command.text("do").orElse("");
        if (what.equals("make")) return make(command);
        if (what.equals("memory")) return empty().with("residentKb", Json.Num.of(residentKb()));
        int number = (int) command.number("host");
        if (number >= hosts.size()) throw new PeerException("no such host: make one first");
        CairnHost host = hosts.get(number);
        String peer = command.text("peer").orElse("");
        String address = command.text("addr").orElse("");
        int count = (int) command.number("count");
        int atOnce = (int) command.number("atOnce");
        long bytes = (long) command.number("bytes");
        return switch (what) {
            case "dial" -> dialled(host.dial(address));
            case "identify" -> identified(host.identify(peer, command.text("protocol")));
            case "peers" -> empty().with("peers", Answer.array(host.peers()));
            case "ping" -> empty().with("millis", numbers(host.ping(peer, Math.max(count, 1))));
            case "echo" -> took(host.echo(peer, bytes));
            case "perf" -> perf(host, peer, command);
            case "kill" -> took(host.kill(peer));
            case "streams" -> took(host.streams(peer, count, atOnce, bytes));
            case "handshakes" -> took(host.handshakes(address, count, atOnce));
            case "connections" -> took(host.connections(address, count));
            default -> {
                act(what, host, command);
                yield empty();
            }
        };
    }

    private static void act(String what, CairnHost host, Answer command) throws IOException {
        String peer = command.text("peer").orElse("");
        switch (what) {
            case "hang-up" -> host.hangUp(peer);
            case "handle" -> host.speak(command.text("protocol").orElseThrow());
            case "greet" -> host.greet(peer, (long) command.number("bytes"));
            case "be-reset" -> host.beReset(peer);
            case "reset" -> host.reset(peer);
            case "hold" -> host.hold(peer, (int) command.number("count"));
            case "close" -> host.close();
            default -> throw new PeerException("no command " + what);
        }
    }

    private Json.Obj make(Answer command) throws IOException {
        CairnHost host = new CairnHost(HostPlan.of(command), webTls, limits);
        int number;
        synchronized (hosts) {
            number = hosts.size();
            hosts.add(host);
        }
        return empty().with("host", Json.Num.of(number))
                .with("peer", new Json.Str(host.peerId()))
                .with("addrs", Answer.array(host.addresses()));
    }

    private static Json.Obj dialled(PeerHost.Dialled dialled) {
        return took(dialled.took())
                .with("peer", new Json.Str(dialled.peer()))
                .with("security", new Json.Str(dialled.security()))
                .with("muxer", new Json.Str(dialled.muxer()));
    }

    private static Json.Obj identified(PeerHost.Identified told) {
        Json.Obj answer =
                empty().with("agent", new Json.Str(told.agent()))
                        .with("protocols", Answer.array(told.protocols()))
                        .with("addrs", Answer.array(told.addresses()))
                        .with("record", Answer.array(told.record()));
        Optional<String> observed = told.observed();
        return observed.isEmpty() ? answer : answer.with("observed", new Json.Str(observed.get()));
    }

    private static Json.Obj perf(CairnHost host, String peer, Answer command) throws IOException {
        PeerHost.Perf measured =
                host.perf(peer, (long) command.number("up"), (long) command.number("down"));
        return empty().with("upMillis", millis(measured.up()))
                .with("downMillis", millis(measured.down()));
    }

    private static Json.Obj took(Duration time) {
        return empty().with("millis", millis(time));
    }

    private static Json.Num millis(Duration time) {
        return new Json.Num(Double.toString(time.toNanos() / 1e6));
    }

    private static Json.Arr numbers(List<Double> numbers) {
        return new Json.Arr(
                numbers.stream().map(n -> (Json) new Json.Num(Double.toString(n))).toList());
    }

    private static Json.Obj empty() {
        return new Json.Obj(Map.of());
    }

    private static long residentKb() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("[^0-9]", ""));
        throw new PeerException("no VmRSS in /proc/self/status");
    }
}
