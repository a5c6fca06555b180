package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.NodeOptions;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lists and changes the peers through which a node finds the way into its network: the setting
/// `Bootstrap`. A daemon looks at it when it starts.
public final class BootstrapCommand implements Command {
    private static final String KEY = "Bootstrap";

    /// What is done with the peers.
    private enum Action {
        LIST,
        ADD,
        REMOVE
    }

    private final Action action;

    private BootstrapCommand(Action action) {
        this.action = action;
    }

    public static BootstrapCommand list() {
        return new BootstrapCommand(Action.LIST);
    }

    public static BootstrapCommand add() {
        return new BootstrapCommand(Action.ADD);
    }

    public static BootstrapCommand rm() {
        return new BootstrapCommand(Action.REMOVE);
    }

    @Override
    public Usage usage() {
        return switch (action) {
            case LIST ->
                    Usage.of("bootstrap list", "List the peers that lead into the network")
                            .explain("Unless set, they are those of the public IPFS network.");
            case ADD ->
                    Usage.of("bootstrap add", "Add peers that lead into the network")
                            .arguments("<address>...", 1, Integer.MAX_VALUE)
                            .explain("A daemon looks at them when it starts.");
            case REMOVE ->
                    Usage.of("bootstrap rm", "Remove peers that lead into the network")
                            .arguments("[<address>...]", 0, Integer.MAX_VALUE)
                            .flag("--all", "Remove all of them.");
        };
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Path repo = Repos.path(call);
        NodeOptions options = Repos.options(call);
        List<String> now = addresses(options.configOrInitial(repo).effective(KEY).orElseThrow());
        switch (action) {
            case LIST -> print("", now, call);
            case ADD -> {
                List<String> next = new ArrayList<>(now);
                for (String text : call.arguments()) {
                    check(text);
                    if (!next.contains(text)) next.add(text);
                }
                options.configure(repo, KEY, json(next));
                print("added ", call.arguments(), call);
            }
            case REMOVE -> {
                if (call.arguments().isEmpty() && !call.flag("--all"))
                    throw new UsageException("name the peers to remove, or all with --all");
                List<String> gone = call.flag("--all") ? now : call.arguments();
                for (String text : gone) check(text);
                List<String> next = new ArrayList<>(now);
                List<String> removed = gone.stream().filter(next::remove).toList();
                options.configure(repo, KEY, json(next));
                print("removed ", removed, call);
            }
        }
    }

    private static List<String> addresses(Json value) {
        return switch (value) {
            case Json.Str(var text) -> List.of(text);
            case Json.Arr _ -> Api.texts(new Json.Obj(Map.of(KEY, value)), KEY);
            case Json.Bool _, Json.Null _, Json.Num _, Json.Obj _ -> List.of();
        };
    }

    private static void check(String text) throws CommandException {
        try {
            PeerAddresses.of(Multiaddr.parse(text));
        } catch (MalformedException e) {
            throw new CommandException(
                    "invalid bootstrap address: "
                            + Escapes.printable(text)
                            + ": "
                            + Escapes.printable(e.getMessage()),
                    e);
        }
    }

    private static Json json(List<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json.Str::new).toList());
    }

    private static void print(String prefix, List<String> addresses, Invocation call)
            throws IOException {
        if (call.globals().json()) {
            call.out().json(new Json.Obj(Map.of("Peers", json(addresses))));
            return;
        }
        for (String address : addresses) call.out().line(prefix + Escapes.printable(address));
    }
}
