package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.json.Json;
import cairn.node.network.BootstrapList;
import cairn.node.repo.NetworkSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Lists and changes the peers through which a node finds the way into its network.
public final class BootstrapCommand implements Command {
    /// What Kubo calls the public peers where they are added.
    private static final String DEFAULT = "default";

    private static final String ALL = "all";

    /// What is done with the peers.
    private enum Action {
        LIST,
        ADD,
        REMOVE
    }

    private final Action action;
    private final String name;

    private BootstrapCommand(Action action, String name) {
        this.action = action;
        this.name = name;
    }

    /// @param name of the command: there are two for this
    public static BootstrapCommand list(String name) {
        return new BootstrapCommand(Action.LIST, name);
    }

    public static BootstrapCommand add() {
        return new BootstrapCommand(Action.ADD, "bootstrap add");
    }

    public static BootstrapCommand rm() {
        return new BootstrapCommand(Action.REMOVE, "bootstrap rm");
    }

    @Override
    public Usage usage() {
        return switch (action) {
            case LIST ->
                    Usage.of(name, "List the peers that lead into the network")
                            .explain(
                                    "Unless set, they are those of the public IPFS network, which"
                                            + " the word auto stands for too.");
            case ADD ->
                    Usage.of(name, "Add peers that lead into the network")
                            .arguments("[<address>...]", 0, Integer.MAX_VALUE)
                            .flag("--default", "Add the public peers, as the word auto.")
                            .explain(
                                    "A daemon looks at them when it starts. \"cairn bootstrap add"
                                            + " default\" is the same as --default.");
            case REMOVE ->
                    Usage.of(name, "Remove peers that lead into the network")
                            .arguments("[<address>...]", 0, Integer.MAX_VALUE)
                            .flag("--all", "Remove all of them.")
                            .explain("\"cairn bootstrap rm all\" is the same as --all.");
        };
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        BootstrapList list = new BootstrapList(Repos.path(call), Repos.options(call));
        List<String> named = call.arguments();
        switch (action) {
            case LIST -> {
                List<String> now = list.get();
                // Go's empty list, as Kubo prints it here.
                if (now.isEmpty() && call.globals().json()) print(new Json.Null(), call);
                else print("", now, call);
            }
            case ADD -> {
                if (call.flag("--default") || named.equals(List.of(DEFAULT)))
                    named = List.of(NetworkSettings.AUTO);
                if (named.isEmpty())
                    throw new UsageException("name the peers to add, or the public ones: default");
                list.add(named);
                print("added ", named, call);
            }
            case REMOVE -> {
                boolean all = call.flag("--all") || named.equals(List.of(ALL));
                if (named.isEmpty() && !all)
                    throw new UsageException("name the peers to remove, or all with --all");
                print("removed ", all ? list.clear() : list.remove(named), call);
            }
        }
    }

    private static void print(String prefix, List<String> addresses, Invocation call)
            throws IOException {
        if (call.globals().json()) {
            print(new Json.Arr(addresses.stream().<Json>map(Json.Str::new).toList()), call);
            return;
        }
        for (String address : addresses) call.out().line(prefix + Escapes.printable(address));
    }

    private static void print(Json peers, Invocation call) throws IOException {
        call.out().json(new Json.Obj(Map.of("Peers", peers)));
    }
}
