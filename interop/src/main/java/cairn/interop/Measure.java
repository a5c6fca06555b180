package cairn.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Measures implementations of libp2p, each with itself: two processes on loopback. Prints a table
/// in Markdown, with a column for each.
public final class Measure {
    private static final int ROUNDS = 3;
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

    private final Workshop workshop = Workshop.here();
    private final Amounts amounts;

    private Measure(Amounts amounts) {
        this.amounts = amounts;
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
        for (Way way : Way.ALL)
            row(way.name() + ", up / down, MB/s", names, name -> throughput(name, way));
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

    private String throughput(String name, Way way) throws IOException {
        try (Two two = new Two(name, way)) {
            two.connect();
            String peer = two.listener.peerId();
            two.dialler.perf(peer, amounts.bytes / 4, amounts.bytes / 4);
            List<Double> up = new ArrayList<>();
            List<Double> down = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                up.add(rate(amounts.bytes, two.dialler.perf(peer, amounts.bytes, 0).up()) / 1e6);
                down.add(
                        rate(amounts.bytes, two.dialler.perf(peer, 0, amounts.bytes).down()) / 1e6);
            }
            return range(up) + " / " + range(down);
        }
    }

    private String streams(String name) throws IOException {
        try (Two two = new Two(name, Way.ALL.get(1))) {
            two.connect();
            String peer = two.listener.peerId();
            two.dialler.streams(peer, amounts.streams / 4, STREAMS_AT_ONCE, 1);
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++)
                rates.add(
                        rate(
                                amounts.streams,
                                two.dialler.streams(peer, amounts.streams, STREAMS_AT_ONCE, 1)));
            return range(rates);
        }
    }

    private String handshakes(String name, Way way) throws IOException {
        try (Two two = new Two(name, way)) {
            String address = way.carrier.among(two.listener.addresses());
            two.dialler.handshakes(address, amounts.handshakes / 4, HOSTS_AT_ONCE);
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++)
                rates.add(
                        rate(
                                amounts.handshakes,
                                two.dialler.handshakes(
                                        address, amounts.handshakes, HOSTS_AT_ONCE)));
            return range(rates);
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

    /// The median, and the least and most.
    private static String range(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.0f [%.0f-%.0f]",
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
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

        void connect() throws IOException {
            dialler.dial(carrier.among(listener.addresses()));
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
