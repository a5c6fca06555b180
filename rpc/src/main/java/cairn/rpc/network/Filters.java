package cairn.rpc.network;

import cairn.libp2p.address.AddressFilters;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Masks of addresses to have nothing to do with: `swarm/filters` and what is below it. They hold
/// at once for new connections, and are kept in the settings.
final class Filters {
    private static final String KEY = "Swarm.AddrFilters";
    private static final String ALL = "all";

    private final AddressFilters filters;
    private final Settings settings;

    Filters(AddressFilters filters, Settings settings) {
        this.filters = filters;
        this.settings = settings;
    }

    void list(Reply reply) throws IOException {
        Connections.strings(reply, texts(filters.masks()));
    }

    void add(Request request, Reply reply) throws IOException {
        List<Multiaddr> masks = masks(request.arguments("address"));
        for (Multiaddr mask : masks) filters.add(mask);
        keep();
        Connections.strings(reply, texts(masks));
    }

    void remove(Request request, Reply reply) throws IOException {
        List<String> named = request.arguments("address");
        List<Multiaddr> masks = named.contains(ALL) ? filters.masks() : masks(named);
        List<Multiaddr> removed = new ArrayList<>();
        for (Multiaddr mask : masks) if (filters.remove(mask)) removed.add(mask);
        keep();
        Connections.strings(reply, texts(removed));
    }

    private void keep() throws IOException {
        settings.put(KEY, Fields.strings(filters.masks()));
    }

    /// All are looked at before one is taken.
    private static List<Multiaddr> masks(List<String> texts) throws WrongArgumentException {
        List<Multiaddr> masks = new ArrayList<>();
        for (String text : texts) {
            try {
                Multiaddr mask = Words.address(text);
                boolean unusedNew = new AddressFilters().add(mask);
                masks.add(mask);
            } catch (MalformedException e) {
                throw new WrongArgumentException(e.getMessage());
            }
        }
        return masks;
    }

    private static List<String> texts(List<Multiaddr> masks) {
        return masks.stream().map(Multiaddr::toString).toList();
    }
}
