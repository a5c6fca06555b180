package cairn.node.network;

import cairn.libp2p.discovery.PeerAddresses;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.node.repo.NetworkSettings;
import cairn.node.repo.RepoException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The list of peers that lead a repo's node into its network: the setting `Bootstrap`. A daemon
/// looks at it when it starts. Nothing is kept here; the settings are the state.
public final class BootstrapList {
    private static final String KEY = "Bootstrap";

    private final Path repo;
    private final NodeOptions options;

    public BootstrapList(Path repo, NodeOptions options) {
        this.repo = repo;
        this.options = options;
    }

    /// The addresses in it, and `auto` where it has the public peers by that word.
    public List<String> get() throws IOException {
        Json value = options.configOrInitial(repo).effective(KEY).orElseThrow();
        return switch (value) {
            case Json.Str(var text) -> List.of(text);
            case Json.Arr(var items) ->
                    items.stream()
                            .filter(Json.Str.class::isInstance)
                            .map(item -> ((Json.Str) item).value())
                            .toList();
            case Json.Bool _, Json.Null _, Json.Num _, Json.Obj _ -> List.of();
        };
    }

    /// Adds addresses, or the word `auto` for the public peers, where they aren't there yet.
    ///
    /// @throws RepoException when one isn't an address of a peer; then none is added
    public void add(List<String> addresses) throws IOException {
        for (String address : addresses) check(address);
        Set<String> next = new LinkedHashSet<>(get());
        next.addAll(addresses);
        put(List.copyOf(next));
    }

    /// Removes addresses.
    ///
    /// @return those that were there
    /// @throws RepoException when one isn't an address of a peer; then none is removed
    public List<String> remove(List<String> addresses) throws IOException {
        for (String address : addresses) check(address);
        List<String> next = new ArrayList<>(get());
        List<String> removed = addresses.stream().filter(next::remove).toList();
        put(next);
        return removed;
    }

    /// Removes all.
    ///
    /// @return those that were there
    public List<String> clear() throws IOException {
        List<String> removed = get();
        put(List.of());
        return removed;
    }

    private static void check(String text) throws RepoException {
        if (text.equals(NetworkSettings.AUTO)) return;
        try {
            PeerAddresses peer = PeerAddresses.of(Multiaddr.parse(text));
            if (peer.addresses().isEmpty()) throw new MalformedException("it has no address");
        } catch (MalformedException e) {
            throw new RepoException(
                    "invalid bootstrap address: " + text + ": " + e.getMessage(), e);
        }
    }

    private void put(List<String> addresses) throws IOException {
        options.configure(
                repo, KEY, new Json.Arr(addresses.stream().<Json>map(Json.Str::new).toList()));
    }
}
