package cairn.libp2p.address;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Masks over IP addresses, such as `/ip4/10.0.0.0/ipcidr/8`: Kubo's `Swarm.AddrFilters`. May be
/// changed while in use.
///
/// `masks` is guarded by `this`; who asks reads `ranges`, which is replaced whole.
public final class AddressFilters {
    /// The most masks: each is held against each address that is dialled or taken.
    public static final int MAX_MASKS = 10_000;

    private final Map<Multiaddr, IpRange> masks = new LinkedHashMap<>();
    private volatile List<IpRange> ranges = List.of();

    /// No masks.
    public AddressFilters() {}

    /// These masks.
    public AddressFilters(List<Multiaddr> masks) throws MalformedException {
        for (Multiaddr mask : masks) add(mask);
    }

    /// Adds a mask.
    ///
    /// @return whether it wasn't there
    /// @throws MalformedException when it isn't an IP address and a number of bits, or there are
    ///   too many
    public synchronized boolean add(Multiaddr mask) throws MalformedException {
        IpRange range = IpRange.of(mask);
        if (masks.size() == MAX_MASKS)
            throw new MalformedException("more than " + MAX_MASKS + " address filters");
        boolean added = masks.putIfAbsent(mask, range) == null;
        ranges = List.copyOf(masks.values());
        return added;
    }

    /// Removes a mask.
    ///
    /// @return whether it was there
    public synchronized boolean remove(Multiaddr mask) {
        boolean removed = masks.remove(mask) != null;
        ranges = List.copyOf(masks.values());
        return removed;
    }

    /// The masks, in the order they were added.
    public synchronized List<Multiaddr> masks() {
        return List.copyOf(masks.keySet());
    }

    /// Whether a mask covers an IP address.
    public boolean blocks(InetAddress address) {
        for (IpRange range : ranges) if (range.contains(address)) return true;
        return false;
    }

    /// Whether a mask covers the IP address that an address begins with. Names are not blocked: ask
    /// again when they are resolved.
    public boolean blocks(Multiaddr address) {
        return HostPart.ip(address).map(this::blocks).orElse(false);
    }
}
