package cairn.bench.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A worker as its soak sees it. What it tells goes to the ledger; when it has ended, all that it
/// told is there.
final class WorkerProcess {
    private final Ledger ledger;
    private final Process process;
    private final Thread reading;
    private final PrintWriter orders;
    private final CountDownLatch open = new CountDownLatch(1);

    /// Guarded by `this`.
    private int synced;

    /// Guarded by `this`.
    private boolean ended;

    /// What a thread of the worker ended by, or null.
    private volatile String wrong;

    WorkerProcess(SoakOptions options, Path repo, long seed, Ledger ledger) throws IOException {
        this.ledger = ledger;
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path")));
        String libraries = System.getProperty("java.library.path");
        if (libraries != null) command.add("-Djava.library.path=" + libraries);
        command.add(Worker.class.getName());
        for (Object argument :
                List.of(
                        repo,
                        options.run(),
                        seed,
                        options.hands(),
                        options.pinned(),
                        options.duty())) command.add(argument.toString());
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        orders = new PrintWriter(process.outputWriter());
        reading = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) take(line);
        } catch (IOException e) {
            wrong = "its output can't be read: " + e;
        } finally {
            open.countDown();
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private void take(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case Teller.OPEN -> open.countDown();
            case Teller.TRY -> ledger.tries(Integer.parseInt(words[1]), PinState.parse(words[2]));
            case Teller.DID -> {
                ledger.did(Integer.parseInt(words[1]));
                ledger.count(words[2]);
            }
            case Teller.DID_NOT -> {
                ledger.didNot(Integer.parseInt(words[1]));
                ledger.count("pin refused");
            }
            case Teller.COUNT -> ledger.count(line.substring(Teller.COUNT.length() + 1));
            case Teller.SYNC -> {
                synchronized (this) {
                    synced = Integer.parseInt(words[1]);
                    notifyAll();
                }
            }
            case Teller.WRONG ->
                    wrong = line.substring(Teller.WRONG.length() + 1).replace('\u0001', '\n');
            default -> wrong = "it said: " + line;
        }
    }

    /// Waits until it has the repo open, or has ended.
    void awaitOpen() throws InterruptedException {
        open.await();
    }

    /// Waits until all that it told before now is in the ledger.
    void sync(int number) throws InterruptedException {
        orders.println(Teller.SYNC + " " + number);
        orders.flush();
        synchronized (this) {
            while (synced < number && !ended) wait();
        }
    }

    /// Lets it run.
    ///
    /// @return whether it runs still
    boolean run(long millis) throws InterruptedException {
        return !process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /// Kills it, and waits until all that it told is in the ledger.
    void kill() throws InterruptedException, FindingException {
        // Through its handle, as the process itself would close its output too.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reading.join();
        check();
    }

    /// Has it end by itself, and waits likewise.
    void end() throws InterruptedException, FindingException {
        orders.println(Worker.END);
        orders.flush();
        int code = process.waitFor();
        reading.join();
        check();
        if (code != 0) throw new FindingException("a worker ended with " + code);
    }

    void check() throws FindingException {
        if (wrong != null) throw new FindingException("in a worker: " + wrong);
    }
}
