package cairn.interop;

import cairn.libp2p.transport.IpEndpoint;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.testkit.relay.NetworkConditions;
import cairn.testkit.relay.Relay;
import cairn.testkit.relay.TcpRelay;
import cairn.testkit.relay.UdpRelay;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Measures implementations of libp2p, each with itself: two processes on loopback, or with a relay
/// between them that delays and loses. Prints a table in Markdown, with a column for each.
///
/// Each figure is the median of some rounds, with the least and the most, after rounds that aren't
/// counted; `first` is what the very first one gave, when nothing was compiled or had grown.
public final class Measure {
    private static final int ROUNDS = 5;
    private static final int UNCOUNTED_ROUNDS = 3;

    /// No further round begins after this: an implementation may be slow.
    private static final Duration ENOUGH = Duration.ofSeconds(40);

    /// A quarter of the rounds' amount in the very first.
    private static final int FIRST_SHARE = 4;

    private static final int STREAMS_AT_ONCE = 50;
    private static final int HOSTS_AT_ONCE = 4;

    /// How much of each is done; a tenth of it is enough to see that it works.
    private record Amounts(long bytes, int streams, int handshakes, int connections, int held) {
        static final Amounts ALL = new Amounts(400_000_000, 5_000, 400, 1_000, 1_000);
        static final Amounts SMALL = new Amounts(40_000_000, 500, 40, 100, 100);
    }

    private record Way(Carrier carrier, String security, String name) {
        static final List<Way> ALL =
                List.of(
                        new Way(Carrier.TCP, "tls", "TCP+TLS"),
                        new Way(Carrier.TCP, "noise", "TCP+Noise"),
                        new Way(Carrier.QUIC, "tls", "QUIC"),
                        new Way(Carrier.WEBSOCKET, "noise", "WebSocket+Noise"));
    }

    /// Of the bytes, where the way is long: some implementations need half a minute for these.
    private static final int FAR_SHARE = 8;

    /// And where much of it is lost: go does less than a megabyte a second there.
    private static final int LOSSY_SHARE = 20;

    private static final NetworkConditions FAR = conditions(0);
    private static final NetworkConditions LOSSY = conditions(0.01);

    private final Workshop workshop = Workshop.here();
    private final Amounts amounts;

    private Measure(Amounts amounts) {
        this.amounts = amounts;
    }

    private static NetworkConditions conditions(double loss) {
        return new NetworkConditions(Duration.ofMillis(25), 0, loss, 1);
    }

    public static void main(String[] arguments) throws IOException {
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        boolean small = names.remove("--small");
        if (names.isEmpty()) names.addAll(List.of("cairn", "go", "js"));
        new Measure(small ? Amounts.SMALL : Amounts.ALL).print(names);
    }

    private Implementation start(String name) throws IOException {
        return switch (name) {
            case "go" -> workshop.go();
            case "js" -> workshop.js();
            case "cairn" -> workshop.unlimitedCairn();
            default -> throw new IllegalArgumentException("no implementation called " + name);
        };
    }

    private void print(List<String> names) throws IOException {
        System.out.println("|  | " + String.join(" | ", names) + " |");
        System.out.println("|---|" + "---|".repeat(names.size()));
        for (Way way : Way.ALL) {
            String title = way.name() + ", up / down, MB/s";
            row(title, names, name -> throughput(name, way, Optional.empty()));
        }
        for (Way way : List.of(Way.ALL.get(1), Way.ALL.get(2)))
            row(
                    way.name() + " at 50 ms round trip, up / down, MB/s",
                    names,
                    name -> throughput(name, way, Optional.of(FAR)));
        row(
                "QUIC at 50 ms with 1 % lost each way, up / down, MB/s",
                names, name -> throughput(name, Way.ALL.get(2), Optional.of(LOSSY)));
        row("TCP+Noise, streams/s", names, this::streams);
        for (Way way : Way.ALL)
            row(way.name() + ", handshakes/s", names, name -> handshakes(name, way));
        row("idle connection, KiB of the listener", names, this::idleConnection);
        row("idle stream, KiB of the listener", names, this::idleStream);
    }

    private interface Cell {
        String of(String name) throws IOException;
    }

    private static void row(String title, List<String> names, Cell cell) throws IOException {
        System.out.print("| " + title + " |");
        for (String name : names) {
            System.out.print(" " + cell.of(name) + " |");
            System.out.flush();
        }
        System.out.println();
    }

    private String throughput(String name, Way way, Optional<NetworkConditions> between)
            throws IOException {
        try (Two two = new Two(name, way);
                Closeable _ = two.connect(between)) {
            long bytes = amounts.bytes / share(between);
            Rounds up = new Rounds();
            Rounds down = new Rounds();
            up.first(megabytes(bytes / FIRST_SHARE, two.upload(bytes / FIRST_SHARE)));
            down.first(megabytes(bytes / FIRST_SHARE, two.download(bytes / FIRST_SHARE)));
            while (up.more()) {
                up.add(megabytes(bytes, two.upload(bytes)));
                down.add(megabytes(bytes, two.download(bytes)));
            }
            return up + " / " + down;
        }
    }

    private static int share(Optional<NetworkConditions> between) {
        if (between.isEmpty()) return 1;
        return between.get().equals(LOSSY) ? LOSSY_SHARE : FAR_SHARE;
    }

    private static double megabytes(long bytes, Duration time) {
        return rate(bytes, time) / 1e6;
    }

    private String streams(String name) throws IOException {
        try (Two two = new Two(name, Way.ALL.get(1))) {
            two.connect();
            String peer = two.listener.peerId();
            Rounds rounds = new Rounds();
            int few = amounts.streams / FIRST_SHARE;
            rounds.first(rate(few, two.dialler.streams(peer, few, STREAMS_AT_ONCE, 1)));
            while (rounds.more())
                rounds.add(
                        rate(
                                amounts.streams,
                                two.dialler.streams(peer, amounts.streams, STREAMS_AT_ONCE, 1)));
            return rounds.toString();
        }
    }

    private String handshakes(String name, Way way) throws IOException {
        try (Two two = new Two(name, way)) {
            String address = way.carrier.among(two.listener.addresses());
            Rounds rounds = new Rounds();
            int few = amounts.handshakes / FIRST_SHARE;
            rounds.first(rate(few, two.dialler.handshakes(address, few, HOSTS_AT_ONCE)));
            while (rounds.more())
                rounds.add(
                        rate(
                                amounts.handshakes,
                                two.dialler.handshakes(
                                        address, amounts.handshakes, HOSTS_AT_ONCE)));
            return rounds.toString();
        }
    }

    private String idleConnection(String name) throws IOException {
        try (Two two = new Two(name, Way.ALL.get(1))) {
            String address = Carrier.TCP.among(two.listener.addresses());
            // What the first ones load stays, and is no connection's.
            two.dialler.connections(address, amounts.connections / 10);
            long before = two.listening.residentKb();
            two.dialler.connections(address, amounts.connections);
            return each(two.listening.residentKb() - before, amounts.connections);
        }
    }

    private String idleStream(String name) throws IOException {
        try (Two two = new Two(name, Way.ALL.get(1))) {
            two.connect();
            String peer = two.listener.peerId();
            two.dialler.streams(peer, amounts.held, STREAMS_AT_ONCE, 1);
            long before = two.listening.residentKb();
            two.dialler.hold(peer, amounts.held * 9 / 10);
            return each(two.listening.residentKb() - before, amounts.held * 9 / 10);
        }
    }

    private static double rate(long count, Duration time) {
        return count * 1e9 / time.toNanos();
    }

    /// What rounds gave.
    private static final class Rounds {
        private final List<Double> values = new ArrayList<>();
        private final long began = System.nanoTime();
        private double first;

        void first(double value) {
            first = value;
        }

        boolean more() {
            return values.isEmpty()
                    || (values.size() < UNCOUNTED_ROUNDS + ROUNDS
                            && System.nanoTime() - began < ENOUGH.toNanos());
        }

        void add(double value) {
            values.add(value);
        }

        /// The median, the least and most, and the first.
        @Override
        public String toString() {
            int uncounted = Math.min(UNCOUNTED_ROUNDS, values.size() - 1);
            List<Double> sorted =
                    values.subList(uncounted, values.size()).stream().sorted().toList();
            return String.format(
                    Locale.ROOT,
                    "%.0f [%.0f-%.0f], first %.0f",
                    sorted.get(sorted.size() / 2),
                    sorted.getFirst(),
                    sorted.getLast(),
                    first);
        }
    }

    private static String each(long kb, int count) {
        return String.format(Locale.ROOT, "%.1f", (double) kb / count);
    }

    /// Two processes of an implementation, with a host each.
    private final class Two implements AutoCloseable {
        final Implementation dialling;
        final Implementation listening;
        final PeerHost dialler;
        final PeerHost listener;
        private final Carrier carrier;

        Two(String name, Way way) throws IOException {
            carrier = way.carrier();
            HostPlan plan = HostPlan.dialler().secured(way.security());
            dialling = start(name);
            listening = start(name);
            listener = listening.make(plan.listening(carrier));
            dialler = dialling.make(plan);
        }

        Duration upload(long bytes) throws IOException {
            return dialler.perf(listener.peerId(), bytes, 0).up();
        }

        Duration download(long bytes) throws IOException {
            return dialler.perf(listener.peerId(), 0, bytes).down();
        }

        /// Connects through a relay, if there is to be one.
        ///
        /// @return the relay, to be closed at the end
        Closeable connect(Optional<NetworkConditions> between) throws IOException {
            if (between.isEmpty()) {
                connect();
                return () -> {};
            }
            Multiaddr address = Multiaddr.parse(carrier.among(listener.addresses()));
            IpEndpoint endpoint = IpEndpoint.of(address).orElseThrow();
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Relay relay =
                    carrier == Carrier.QUIC
                            ? UdpRelay.open(any, endpoint.address(), between.get())
                            : TcpRelay.open(any, endpoint.address(), between.get());
            connect(
                    IpEndpoint.multiaddr(relay.address(), endpoint.protocol(), endpoint.rest())
                            .toString());
            return relay;
        }

        void connect() throws IOException {
            connect(carrier.among(listener.addresses()));
        }

        private void connect(String address) throws IOException {
            dialler.dial(address);
            dialler.identify(listener.peerId(), Optional.empty());
            listener.identify(dialler.peerId(), Optional.empty());
        }

        @Override
        public void close() throws IOException {
            try {
                dialling.close();
            } finally {
                listening.close();
            }
        }
    }
}
