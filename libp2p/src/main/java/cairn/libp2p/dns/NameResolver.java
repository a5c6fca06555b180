package cairn.libp2p.dns;

import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

/// A name resolver turns addresses that hold names into addresses that hold none, and answers for
/// the names alone. Blocking; safe for many threads at once.
///
/// **Limits:** [#MAX_ADDRESSES] out of one address, [#MAX_DEPTH] names one behind the other,
/// [#MAX_LOOKUPS] questions and [#DEADLINE] for one address in all. Sources:
/// multiformats/multiaddr, `protocols/DNS.md`; libp2p/specs, addressing, "DNS addresses".
public final class NameResolver implements Closeable {
    /// The most addresses that one becomes.
    public static final int MAX_ADDRESSES = 100;

    /// How often a name may lead to a name.
    public static final int MAX_DEPTH = 4;

    /// The most names that are looked up for one address: a hostile answer has 100 more in it.
    public static final int MAX_LOOKUPS = 32;

    /// The time for one address in all.
    public static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(NameResolver.class);

    private final Lookup lookup;
    private final LazyClient http = new LazyClient();

    /// A resolver with settings.
    public NameResolver(DnsSettings settings) {
        this(settings, System::nanoTime);
    }

    NameResolver(DnsSettings settings, LongSupplier nanoTime) {
        this.lookup = new Lookup(settings, http::get, nanoTime);
    }

    /// The IP addresses of a host: IPv4 first. Empty where it has none.
    public List<InetAddress> addresses(String host) throws IOException {
        List<InetAddress> all = new ArrayList<>();
        UnresolvedException failed = null;
        for (int type : new int[] {Type.A, Type.AAAA}) {
            try {
                all.addAll(addresses(host, type));
            } catch (UnresolvedException e) {
                failed = e;
            }
        }
        if (all.isEmpty() && failed != null) throw failed;
        return all;
    }

    /// The texts of a name, each with its strings put together. Empty where it has none.
    public Answer<String> texts(String name) throws IOException {
        if (SpecialNames.addresses(name).isPresent()) return new Answer<>(List.of(), Duration.ZERO);
        Answer<Object> answer = lookup.ask(name, Type.TXT);
        return new Answer<>(
                answer.values().stream().map(String.class::cast).toList(), answer.ttl());
    }

    /// The addresses that an address stands for: itself where it holds no name. What stands behind
    /// a name is kept. Empty where the names have no addresses, or none that match.
    ///
    /// @throws UnresolvedException when nothing was found and some server gave no answer
    public List<Multiaddr> resolve(Multiaddr address) throws IOException {
        if (NamedAddress.of(address).isEmpty()) return List.of(address);
        long end = System.nanoTime() + DEADLINE.toNanos();
        Set<Multiaddr> done = new LinkedHashSet<>();
        Set<Multiaddr> seen = new LinkedHashSet<>();
        List<IOException> failures = new ArrayList<>();
        List<NamedAddress> names = List.of(NamedAddress.of(address).orElseThrow());
        int lookups = 0;
        for (int depth = 0; depth < MAX_DEPTH && !names.isEmpty(); depth++) {
            if (names.size() > MAX_LOOKUPS - lookups)
                names = names.subList(0, MAX_LOOKUPS - lookups);
            lookups += names.size();
            List<NamedAddress> next = new ArrayList<>();
            for (Multiaddr found : ask(names, end, failures)) {
                Optional<NamedAddress> named = NamedAddress.of(found);
                if (named.isEmpty()) {
                    if (done.size() < MAX_ADDRESSES) done.add(found);
                } else if (seen.add(found)) {
                    next.add(named.get());
                }
            }
            names = next;
        }
        if (done.isEmpty() && !failures.isEmpty()) throw failures.getFirst();
        return List.copyOf(done);
    }

    /// Looks names up side by side, until the deadline. Interrupting the thread ends it.
    private List<Multiaddr> ask(List<NamedAddress> names, long end, List<IOException> failures)
            throws IOException {
        List<Callable<List<Multiaddr>>> tasks = new ArrayList<>();
        for (NamedAddress name : names) tasks.add(() -> expand(name));
        List<Multiaddr> found = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long left = Math.max(0, end - System.nanoTime());
            for (Future<List<Multiaddr>> task :
                    threads.invokeAll(tasks, left, TimeUnit.NANOSECONDS)) {
                if (task.isCancelled()) {
                    failures.add(new UnresolvedException("name servers take too long"));
                    continue;
                }
                try {
                    found.addAll(task.get());
                } catch (ExecutionException e) {
                    failures.add(failure(e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnresolvedException("interrupted while names were looked up");
        } finally {
            threads.shutdownNow();
        }
        return found;
    }

    /// A bug met by one name leaves the others their addresses.
    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException failure) return failure;
        LOG.warn("a name couldn't be looked up: {}", cause.toString());
        LOG.debug("a name couldn't be looked up", cause);
        return new UnresolvedException("the look-up failed: " + cause);
    }

    private List<Multiaddr> expand(NamedAddress name) throws IOException {
        return switch (name.protocol()) {
            case DNS -> name.withAddresses(addresses(name.host()));
            case DNS4 -> name.withAddresses(addresses(name.host(), Type.A));
            case DNS6 -> name.withAddresses(addresses(name.host(), Type.AAAA));
            case DNSADDR -> name.withTexts(texts("_dnsaddr." + name.host()).values());
            default -> throw new IllegalStateException(name.protocol() + " is no name");
        };
    }

    private List<InetAddress> addresses(String host, int type) throws IOException {
        Optional<List<InetAddress>> special = SpecialNames.addresses(host);
        List<InetAddress> all = new ArrayList<>();
        if (special.isPresent()) all.addAll(special.get());
        else for (Object value : lookup.ask(host, type).values()) all.add((InetAddress) value);
        all.removeIf(
                ip ->
                        type == Type.A
                                ? !(ip instanceof Inet4Address)
                                : !(ip instanceof Inet6Address));
        return all;
    }

    /// Ends what was opened for DNS over HTTPS.
    @Override
    public void close() {
        http.close();
    }

    /// An HTTP client that is made when it is first needed: making one takes a tenth of a second.
    /// Guarded by `this`.
    private static final class LazyClient implements Closeable {
        private HttpClient client;

        synchronized HttpClient get() {
            if (client == null)
                client =
                        HttpClient.newBuilder()
                                .connectTimeout(Lookup.TIMEOUT)
                                .followRedirects(HttpClient.Redirect.NEVER)
                                .build();
            return client;
        }

        @Override
        public synchronized void close() {
            if (client != null) client.shutdownNow();
        }
    }
}
