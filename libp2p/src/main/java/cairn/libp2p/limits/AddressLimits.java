package cairn.libp2p.limits;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How many connections each address has, and how fast new ones come in from it. An address is an
/// IPv4 address or an IPv6 /56, which is what one household is given; 127/8 and ::1 are left out.
/// Guarded by its [ResourceLimits].
final class AddressLimits {
    /// New inbound connections a second from one address, after its burst.
    static final double PER_SECOND = 0.2;

    /// Inbound connections that an address may open at once: two for each place it has.
    static final int BURST = 16;

    /// The most addresses whose rate is remembered; beyond, the one longest unseen is forgotten.
    static final int MAX_REMEMBERED = 16_384;

    private static final double NANOS_PER_SECOND = 1e9;

    private record Group(boolean six, long bits) {}

    private record Allowance(double left, long asOf) {}

    private final LongSupplier nanos;
    private final Map<Group, Integer> open = new HashMap<>();
    private final LinkedHashMap<Group, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true);

    AddressLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Takes a place for a connection.
    ///
    /// @return what gives the place back, once
    Runnable enter(Direction direction, InetAddress address, int limit)
            throws LimitExceededException {
        if (address.isLoopbackAddress()) return () -> {};
        Group group = group(address);
        int count = open.getOrDefault(group, 0);
        if (count >= limit)
            throw new LimitExceededException(
                    "the limit of "
                            + address.getHostAddress()
                            + " is reached: "
                            + limit
                            + " connections");
        if (direction == Direction.INBOUND) spend(group, address);
        open.put(group, count + 1);
        return () -> open.computeIfPresent(group, (g, n) -> n == 1 ? null : n - 1);
    }

    private void spend(Group group, InetAddress address) throws LimitExceededException {
        long now = nanos.getAsLong();
        Allowance before = allowances.get(group);
        double left =
                before == null
                        ? BURST
                        : Math.min(
                                BURST,
                                before.left + (now - before.asOf) / NANOS_PER_SECOND * PER_SECOND);
        if (left < 1)
            throw new LimitExceededException(
                    "too many new connections from " + address.getHostAddress());
        allowances.put(group, new Allowance(left - 1, now));
        if (allowances.size() > MAX_REMEMBERED) allowances.pollFirstEntry();
    }

    int remembered() {
        return allowances.size();
    }

    private static Group group(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? new Group(false, ByteBuffer.wrap(bytes).getInt())
                : new Group(true, ByteBuffer.wrap(bytes).getLong() >>> 8);
    }
}
