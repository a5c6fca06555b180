package cairn.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import cairn.node.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A Kubo daemon is a real Kubo with a repo of its own in a new folder, on loopback, which knows
/// nobody. It is asked over its HTTP API.
public final class KuboDaemon implements AutoCloseable {
    private static final Duration COMMAND_TIME = Duration.ofSeconds(30);

    /// Its repo is thrown away, so that it needn't end in order.
    private static final Duration STOP_TIME = Duration.ofSeconds(1);

    private static final long LOOK_AGAIN_MILLIS = 20;

    /// More than any command takes that fetches.
    private static final Duration RUN_TIME = Duration.ofMinutes(2);

    private final Process process;
    private final String ipfs;
    private final Path home;
    private final String api;
    private final Path log;

    private KuboDaemon(Process process, String ipfs, Path home, Path log) throws IOException {
        this.process = process;
        this.ipfs = ipfs;
        this.home = home;
        this.log = log;
        this.api = awaitFile("api", KuboDaemon::urlOf);
    }

    /// Starts one and waits until it answers.
    ///
    /// @param home an empty folder
    /// @param swarmKey the text of the key file of a private network, which has no QUIC
    public static KuboDaemon start(Workshop workshop, Path home, Optional<String> swarmKey)
            throws IOException {
        String ipfs = workshop.kubo().toString();
        Files.createDirectories(workshop.logs());
        Path log = Files.createTempFile(workshop.logs(), "kubo-", ".log");
        finish(command(home, log, ipfs, "init", "--profile=test,unixfs-v1-2025"), log);
        String swarm =
                "\""
                        + Carrier.TCP.listenAddress()
                        + "\",\""
                        + Carrier.WEBSOCKET.listenAddress()
                        + "\"";
        if (swarmKey.isPresent()) Files.writeString(home.resolve("swarm.key"), swarmKey.get());
        else swarm += ",\"" + Carrier.QUIC.listenAddress() + "\"";
        config(home, log, ipfs, "Addresses.Swarm", "[" + swarm + "]");
        config(home, log, ipfs, "Routing.Type", "\"dht\"");
        Process daemon = command(home, log, ipfs, "daemon").start();
        return new KuboDaemon(daemon, ipfs, home, log);
    }

    private static void config(Path home, Path log, String ipfs, String key, String value)
            throws IOException {
        finish(command(home, log, ipfs, "config", "--json", key, value), log);
    }

    private static ProcessBuilder command(Path home, Path log, String... words) {
        ProcessBuilder command =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        command.environment()
                .putAll(
                        Map.of(
                                "IPFS_PATH", home.toString(),
                                "IPFS_TELEMETRY", "off",
                                // With it, WebSocket and TCP share a listener that knows no private
                                // network.
                                "LIBP2P_TCP_MUX", "false"));
        return command;
    }

    private static void finish(ProcessBuilder command, Path log) throws IOException {
        finish(command, log, COMMAND_TIME);
    }

    private static void finish(ProcessBuilder command, Path log, Duration within)
            throws IOException {
        Process process = command.start();
        if (!ended(process, within) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new PeerException("kubo: " + command.command() + ": see " + log);
        }
    }

    private static boolean ended(Process process, Duration within) throws IOException {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for Kubo");
        }
    }

    /// The daemon writes the file once it listens there.
    ///
    /// @param url of what is in the file; empty while that isn't whole
    private String awaitFile(String name, UnaryOperator<String> url) throws IOException {
        Path file = home.resolve(name);
        long end = System.nanoTime() + COMMAND_TIME.toNanos();
        while (System.nanoTime() < end && !ended(process, Duration.ofMillis(LOOK_AGAIN_MILLIS))) {
            String found = Files.exists(file) ? url.apply(Files.readString(file).strip()) : "";
            if (!found.isEmpty()) return found;
        }
        process.destroyForcibly();
        throw new PeerException("kubo: did not start, see " + log);
    }

    private static String urlOf(String address) {
        String[] parts = address.split("/", -1);
        return parts.length == 5 ? "http://" + parts[2] + ":" + parts[4] + "/api/v0/" : "";
    }

    /// Where its gateway listens, such as `http://127.0.0.1:8080`.
    public String gateway() throws IOException {
        return awaitFile("gateway", text -> text.matches("http://[^:]+:\\d+") ? text : "");
    }

    /// Its peer id.
    public String peerId() throws IOException {
        return new Answer(first(api("id"))).text("ID").orElseThrow();
    }

    /// Where it listens on loopback, each with its peer at the end.
    public List<String> addresses() throws IOException {
        return new Answer(first(api("id"))).texts("Addresses");
    }

    /// Calls a command of its API.
    ///
    /// @param path such as `swarm/connect`
    /// @param arguments in order
    /// @return the objects that it answered
    /// @throws PeerException with Kubo's words when it says no
    public List<Json.Obj> api(String path, String... arguments) throws IOException {
        StringBuilder url = new StringBuilder(api).append(path);
        char before = '?';
        for (String argument : arguments) {
            url.append(before).append("arg=").append(URLEncoder.encode(argument, UTF_8));
            before = '&';
        }
        var call = (HttpURLConnection) URI.create(url.toString()).toURL().openConnection();
        call.setRequestMethod("POST");
        call.setReadTimeout((int) COMMAND_TIME.toMillis());
        boolean good = call.getResponseCode() == HttpURLConnection.HTTP_OK;
        try (InputStream in = good ? call.getInputStream() : call.getErrorStream()) {
            String body = new String(in.readAllBytes(), UTF_8);
            if (!good)
                throw new PeerException("kubo: " + path + ": " + body.strip() + ", see " + log);
            List<Json.Obj> lines = new ArrayList<>();
            for (String line : body.split("\n", -1))
                if (!line.isBlank() && Json.parse(line) instanceof Json.Obj obj) lines.add(obj);
            return lines;
        }
    }

    /// Runs a command of its command line, which finds the daemon.
    ///
    /// @param words such as `cat` and a CID
    /// @return a new file with what it printed, which is the caller's
    /// @throws PeerException when it fails; the log has its words
    public Path run(String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(ipfs));
        line.addAll(List.of(words));
        Path output = Files.createTempFile(home, "output-", "");
        ProcessBuilder command = command(home, log, line.toArray(String[]::new));
        command.redirectErrorStream(false)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        finish(command, log, RUN_TIME);
        return output;
    }

    private static Json.Obj first(List<Json.Obj> lines) throws PeerException {
        if (lines.isEmpty()) throw new PeerException("kubo: answered nothing");
        return lines.getFirst();
    }

    /// Ends its process at once, as a crash would.
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        if (!ended(process, STOP_TIME)) process.destroyForcibly();
    }
}
