package cairn.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import cairn.node.json.Json;
import cairn.node.json.JsonException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A peer process speaks in lines of JSON: what it reads are commands, what it writes answers to
/// them, by number, and events. It ends when its standard input does, so none outlives its tests.
///
/// What it says goes to a log file, with what it writes to standard error. `this` guards answers,
/// events and the number of the last command; a thread reads what the process writes.
public final class PeerProcess implements Implementation {
    /// More than any command takes; peers give up after three minutes themselves.
    private static final Duration ANSWER_TIME = Duration.ofSeconds(200);

    private static final Duration STOP_TIME = Duration.ofSeconds(8);

    /// The last of many: a peer that talks without end keeps no more of them here.
    private static final int MAX_EVENTS = 10_000;

    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedWriter commands;
    private final Map<Integer, Answer> answers = new HashMap<>();
    private final List<Answer> events = new ArrayList<>();
    private int lastCommand;
    private boolean ended;

    private PeerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.commands = process.outputWriter(UTF_8);
    }

    /// Starts a process.
    ///
    /// @param logs the folder of its log
    public static PeerProcess start(String name, List<String> command, Path logs)
            throws IOException {
        Files.createDirectories(logs);
        Path log = Files.createTempFile(logs, name + "-", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        PeerProcess peer = new PeerProcess(name, process, log);
        Thread.ofVirtual().name(name + "-lines").start(peer::readLines);
        return peer;
    }

    /// Runs a command to its end.
    ///
    /// @throws PeerException when it fails
    static void finish(ProcessBuilder command) throws IOException {
        Process process = command.redirectErrorStream(true).start();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            String said = String.join("\n", out.readAllLines());
            if (process.waitFor() != 0)
                throw new PeerException(command.command().getFirst() + ": " + said);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while running " + command.command());
        }
    }

    @Override
    public PeerHost make(HostPlan plan) throws IOException {
        return new ProcessHost(this, ask("make", plan.json()));
    }

    @Override
    public long residentKb() throws IOException {
        return (long) ask("memory", new Json.Obj(Map.of())).number("residentKb");
    }

    /// Gives a command and waits for its answer.
    ///
    /// @throws PeerException when the answer is an error, or none comes
    public Answer ask(String command, Json.Obj fields) throws IOException {
        int number;
        synchronized (this) {
            number = ++lastCommand;
        }
        String line =
                fields.with("id", Json.Num.of(number)).with("do", new Json.Str(command)).compact();
        synchronized (commands) {
            commands.write(line);
            commands.newLine();
            commands.flush();
        }
        Answer answer = await(number, command);
        if (answer.text("error").isPresent())
            throw new PeerException(name + ": " + command + ": " + answer.text("error").get());
        return answer;
    }

    private synchronized Answer await(int number, String command) throws IOException {
        long end = System.nanoTime() + ANSWER_TIME.toNanos();
        while (!answers.containsKey(number)) {
            if (ended) throw new PeerException(name + ": " + command + ": ended, see " + log);
            if (!waitUntil(end))
                throw new PeerException(name + ": " + command + ": no answer, see " + log);
        }
        return answers.remove(number);
    }

    /// Waits for an event, which may have been before.
    Answer event(Predicate<Answer> wanted, Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (this) {
            for (int seen = 0; ; ) {
                for (; seen < events.size(); seen++)
                    if (wanted.test(events.get(seen))) return events.get(seen);
                if (ended || !waitUntil(end))
                    throw new PeerException(name + ": no such event, see " + log);
            }
        }
    }

    private synchronized boolean waitUntil(long end) throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0) return false;
        try {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + name);
        }
        return true;
    }

    private void readLines() {
        try (BufferedReader in = process.inputReader(UTF_8);
                BufferedWriter out = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                take(line);
            }
        } catch (IOException e) {
            // The process is gone, which `ended` says to whoever waits for it.
            take("{\"event\":\"lost\"}");
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private synchronized void take(String line) {
        Json json;
        try {
            json = Json.parse(line);
        } catch (JsonException e) {
            json = new Json.Str(line);
        }
        if (json instanceof Json.Obj obj) {
            Answer answer = new Answer(obj);
            if (obj.get("id").isPresent()) answers.put((int) answer.number("id"), answer);
            else if (events.size() < MAX_EVENTS) events.add(answer);
            notifyAll();
        }
    }

    /// Waits until the process has ended by itself.
    ///
    /// @return whether it has in that time
    public boolean awaitEnd(Duration atMost) throws IOException {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + name);
        }
    }

    /// Ends the process at once, as a crash would.
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        try (commands) {
            if (process.isAlive()) commands.flush();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        if (!awaitEnd(STOP_TIME)) process.destroyForcibly();
    }
}
