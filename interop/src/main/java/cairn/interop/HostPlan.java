package cairn.interop;

import cairn.multiformats.peer.KeyType;
import cairn.node.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host plan says what host is to be made.
///
/// @param key the type of its key, which is new
/// @param listen where it listens, such as `/ip4/127.0.0.1/tcp/0/ws`; empty for one that only dials
/// @param securities what TCP and WebSocket are secured with, best first: `tls`, `noise`
/// @param swarmKey the text of the private network's key file
/// @param dns the server that all names are asked of, as host and port
public record HostPlan(
        KeyType key,
        List<String> listen,
        List<String> securities,
        Optional<String> swarmKey,
        Optional<String> dns) {
    public HostPlan {
        listen = List.copyOf(listen);
        securities = List.copyOf(securities);
    }

    /// An Ed25519 host that only dials, and takes either security.
    public static HostPlan dialler() {
        return new HostPlan(
                KeyType.ED25519,
                List.of(),
                List.of("tls", "noise"),
                Optional.empty(),
                Optional.empty());
    }

    /// The members of the command `make`.
    public Json.Obj json() {
        Json.Obj how =
                new Json.Obj(Map.of())
                        .with("key", new Json.Str(key.label()))
                        .with("listen", Answer.array(listen))
                        .with("security", Answer.array(securities));
        if (swarmKey.isPresent()) how = how.with("swarmKey", new Json.Str(swarmKey.get()));
        return dns.isPresent() ? how.with("dns", new Json.Str(dns.get())) : how;
    }

    /// The plan that a command `make` tells.
    public static HostPlan of(Answer make) {
        return new HostPlan(
                keyType(make.text("key").orElse("ed25519")),
                make.texts("listen"),
                make.texts("security"),
                make.text("swarmKey"),
                make.text("dns"));
    }

    private static KeyType keyType(String label) {
        return Arrays.stream(KeyType.values())
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key type " + label));
    }

    /// The same, listening at one more address.
    public HostPlan listening(Carrier carrier) {
        List<String> more = new ArrayList<>(listen);
        more.add(carrier.listenAddress());
        return new HostPlan(key, more, securities, swarmKey, dns);
    }

    /// The same with a key of another type.
    public HostPlan with(KeyType type) {
        return new HostPlan(type, listen, securities, swarmKey, dns);
    }

    /// The same with one security alone.
    public HostPlan secured(String security) {
        return new HostPlan(key, listen, List.of(security), swarmKey, dns);
    }

    /// The same in a private network.
    public HostPlan in(String network) {
        return new HostPlan(key, listen, securities, Optional.of(network), dns);
    }

    /// The same with another server of names.
    public HostPlan asking(String server) {
        return new HostPlan(key, listen, securities, swarmKey, Optional.of(server));
    }
}
