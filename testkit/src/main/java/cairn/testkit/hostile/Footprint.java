package cairn.testkit.hostile;

import static org.awaitility.Awaitility.await;

import cairn.libp2p.host.Host;
import cairn.libp2p.limits.ResourceSnapshot;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A footprint is what the process, and a host in it, hold at a moment.
///
/// @param heap bytes that the collector can't free
/// @param direct bytes of direct buffers, the JDK's and Netty's
/// @param descriptors that the process has open
/// @param platformThreads live platform threads by name
/// @param virtualThreads likewise, virtual
/// @param resources what the host counts itself
public record Footprint(
        long heap,
        long direct,
        long descriptors,
        Map<String, Integer> platformThreads,
        Map<String, Integer> virtualThreads,
        ResourceSnapshot resources) {
    /// What the heap may differ by with nothing leaked: classes are loaded, tables grow.
    static final long HEAP_SLACK = 24L << 20;

    /// Direct buffers that the JDK keeps for carrier threads, and the chunks of some MiB each that
    /// Netty's pool keeps after a burst; a quarter of what the largest attack would leave behind.
    private static final long DIRECT_SLACK = 16L << 20;

    /// Descriptors that come and go with the JDK itself: class path, selectors.
    private static final int DESCRIPTOR_SLACK = 4;

    /// Longer than a host takes for anything once the other end has left.
    private static final Duration RETURNS_WITHIN = Duration.ofSeconds(30);

    public Footprint {
        platformThreads = Map.copyOf(platformThreads);
        virtualThreads = Map.copyOf(virtualThreads);
    }

    /// The footprint now.
    public static Footprint of(Host host) {
        LiveThreads threads = LiveThreads.now();
        return new Footprint(
                heapInUse(),
                directInUse(),
                openDescriptors(),
                threads.platform(),
                threads.virtual(),
                host.limits().snapshot());
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long directInUse() {
        long counted =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return counted + nettyInUse();
    }

    /// Netty's own count: it takes memory that the JDK doesn't count.
    private static long nettyInUse() {
        try {
            Class<?> platform = Class.forName("io.netty.util.internal.PlatformDependent");
            return Math.max(0, (long) platform.getMethod("usedDirectMemory").invoke(null));
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("Netty doesn't tell what it has", e);
        }
    }

    private static long openDescriptors() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /// How many platform threads there are.
    public int platformCount() {
        return sum(platformThreads);
    }

    /// How many virtual threads there are.
    public int virtualCount() {
        return sum(virtualThreads);
    }

    private static int sum(Map<String, Integer> threads) {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Waits until the process holds no more than it did, and the host nothing but what it has with
    /// the bystander.
    ///
    /// @throws org.awaitility.core.ConditionTimeoutException when something is not given back
    ///   within half a minute; it says what
    public static void assertReturnsTo(Footprint before, Host host, Bystander bystander) {
        await().atMost(RETURNS_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () -> {
                            assertOnlyServes(host, bystander);
                            before.assertCovers(of(host));
                        });
    }

    /// Says what the host has with others than the bystander.
    ///
    /// @throws AssertionError when that is anything
    public static void assertOnlyServes(Host host, Bystander bystander) {
        ResourceSnapshot now = host.limits().snapshot();
        var peer = now.peers().get(bystander.id());
        if (now.peers().size() != 1
                || peer == null
                || !now.system().usage().equals(peer.usage())
                || host.swarm().connections().size() != 1)
            throw new AssertionError("held beside the bystander's: " + now);
    }

    private void assertCovers(Footprint now) {
        covers("bytes of heap", heap + HEAP_SLACK, now.heap);
        covers("bytes of direct memory", direct + DIRECT_SLACK, now.direct);
        covers("descriptors", descriptors + DESCRIPTOR_SLACK, now.descriptors);
        coversThreads("platform", platformThreads, now.platformThreads);
        coversThreads("virtual", virtualThreads, now.virtualThreads);
    }

    private static void covers(String what, long most, long now) {
        if (now > most) throw new AssertionError(now + " " + what + ", not at most " + most);
    }

    private static void coversThreads(
            String kind, Map<String, Integer> before, Map<String, Integer> now) {
        Map<String, Integer> more = new TreeMap<>();
        now.forEach(
                (name, count) -> {
                    int there = before.getOrDefault(name, 0);
                    if (count > there && !COMES_AND_GOES.matcher(name).matches())
                        more.put(name, count - there);
                });
        if (!more.isEmpty()) throw new AssertionError(kind + " threads were left: " + more);
    }

    /// Threads of the JDK and of Netty that come with use, and those that last as long as a write.
    private static final Pattern COMES_AND_GOES =
            Pattern.compile(
                    "|yamux-write|ForkJoinPool.*|VirtualThread-.*|.*Poller.*|.*Cleaner.*"
                            + "|awaitility.*|C[12] Compiler.*|Attach Listener|globalEventExecutor.*");
}
