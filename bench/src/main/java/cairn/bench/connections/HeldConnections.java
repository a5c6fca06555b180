package cairn.bench.connections;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.Connection;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts a daemon in a repo of its own, connects as many peers to it as are asked for, holds them
/// for so many minutes, and says what the daemon's resident memory was; then that every one of them
/// still answers, and how long the daemon took to end on SIGTERM.
public final class HeldConnections {
    private static final Duration SAMPLE_TIME = Duration.ofSeconds(5);

    private HeldConnections() {}

    /// @param args the launcher, a folder for the repo, how many connections, how many minutes
    public static void main(String[] args) throws IOException, InterruptedException {
        Path launcher = Path.of(args[0]);
        Path repo = Path.of(args[1]);
        int count = Integer.parseInt(args[2]);
        int minutes = Integer.parseInt(args[3]);
        configure(launcher, repo, count);
        Process daemon = command(launcher, repo, "daemon").start();
        try {
            Multiaddr address = awaitReady(daemon);
            hold(daemon, address, count, minutes);
        } finally {
            end(daemon);
        }
    }

    private static void configure(Path launcher, Path repo, int count)
            throws IOException, InterruptedException {
        run(launcher, repo, "init");
        set(launcher, repo, "Bootstrap", "[]");
        set(launcher, repo, "Discovery.MDNS.Enabled", "false");
        set(launcher, repo, "Addresses.Swarm", "[\"/ip4/127.0.0.1/tcp/0\"]");
        set(launcher, repo, "Addresses.API", "\"/ip4/127.0.0.1/tcp/0\"");
        set(launcher, repo, "Swarm.ConnMgr.HighWater", Integer.toString(2 * count));
    }

    private static void set(Path launcher, Path repo, String key, String json)
            throws IOException, InterruptedException {
        run(launcher, repo, "config", "--json", key, json);
    }

    private static void run(Path launcher, Path repo, String... words)
            throws IOException, InterruptedException {
        int code = command(launcher, repo, words).inheritIO().start().waitFor();
        if (code != 0) throw new IOException(String.join(" ", words) + " ended with " + code);
    }

    private static ProcessBuilder command(Path launcher, Path repo, String... words) {
        List<String> all = new ArrayList<>(List.of(launcher.toString()));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().put("CAIRN_PATH", repo.toString());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder;
    }

    /// The address that the daemon listens at, once it says that it is ready.
    private static Multiaddr awaitReady(Process daemon) throws IOException {
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8));
        String peer = "";
        String listening = "";
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("PeerID: ")) peer = line.substring("PeerID: ".length());
            if (line.startsWith("Swarm listening on "))
                listening = line.substring("Swarm listening on ".length());
            if (line.equals("Daemon is ready")) return Multiaddr.parse(listening + "/p2p/" + peer);
        }
        throw new IOException("the daemon ended before it was ready");
    }

    private static void hold(Process daemon, Multiaddr address, int count, int minutes)
            throws IOException, InterruptedException {
        say("idle: %d MB resident".formatted(resident(daemon)));
        List<Host> peers = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Host peer =
                        Host.open(
                                HostOptions.of(SigningKey.generate())
                                        .limits(Limits.of(64 << 20, 8)));
                peers.add(peer);
                connections.add(peer.connect(address));
            }
            say("%d connections: %d MB resident".formatted(count, resident(daemon)));
            long most = 0;
            long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
            while (System.nanoTime() < end) {
                Thread.sleep(SAMPLE_TIME);
                most = Math.max(most, resident(daemon));
            }
            say("held for %d minutes: at most %d MB resident".formatted(minutes, most));
            for (Connection connection : connections)
                try (Ping.Session session = Ping.open(connection)) {
                    session.ping();
                }
            say("all %d answer; %d MB resident".formatted(count, resident(daemon)));
            long start = System.nanoTime();
            daemon.destroy();
            if (!daemon.waitFor(30, TimeUnit.SECONDS))
                throw new IOException("the daemon didn't end within 30 s of SIGTERM");
            say("ended %.2f s after SIGTERM".formatted((System.nanoTime() - start) / 1e9));
        } finally {
            for (Host peer : peers) peer.close();
        }
    }

    private static void end(Process daemon) throws InterruptedException {
        if (daemon.isAlive()) daemon.destroyForcibly().waitFor();
    }

    /// In millions of bytes. The launcher replaces itself by the JVM, so its process is the
    /// daemon's.
    private static long resident(Process daemon) throws IOException {
        Path status = Path.of("/proc", Long.toString(daemon.pid()), "status");
        for (String line : Files.readAllLines(status))
            if (line.startsWith("VmRSS:"))
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1_000_000;
        throw new IOException("no VmRSS in " + status);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
