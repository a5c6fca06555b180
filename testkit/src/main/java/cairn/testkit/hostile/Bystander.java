package cairn.testkit.hostile;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A bystander is an honest peer that is served while others attack: it pings and has echoed what
/// it says, round after round, each on new streams, until it is closed. It stays on one connection
/// until it is asked to come back.
///
/// A thread of its own makes the rounds and writes how they went; any may read.
public final class Bystander implements Closeable {
    /// The protocol that the host must serve, by [#echo].
    public static final String ECHO = "/echo/1.0.0";

    private static final int ECHO_BYTES = 4 << 10;

    /// How long an echo may take: as long as a ping.
    private static final Duration ECHO_TIME = Duration.ofSeconds(10);

    /// How long a host may take to take it: as long as to see that others have left.
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);

    /// Between rounds: it is one that is served, not another flood.
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Host host;
    private final Multiaddr address;
    private final Thread rounds;
    private final AtomicInteger visitsWanted = new AtomicInteger(1);
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private volatile Duration worst = Duration.ZERO;
    private volatile Optional<IOException> failure = Optional.empty();

    private Bystander(Host host, Multiaddr address) {
        this.host = host;
        this.address = address;
        this.rounds = Thread.ofVirtual().name("bystander").unstarted(this::keepOn);
    }

    /// Connects at an address of the target, and begins.
    public static Bystander of(Target target, Multiaddr at) throws IOException {
        Host host = Host.open(HostOptions.of(SigningKey.generate()).agentVersion("bystander"));
        Bystander bystander = new Bystander(host, at.withPeer(target.peer()));
        bystander.rounds.start();
        return bystander;
    }

    /// What serves [#ECHO]: sends back all that comes.
    public static void echo(ProtocolStream stream) throws IOException {
        byte[] bytes = new byte[16 << 10];
        for (int n = stream.read(bytes, 0, bytes.length);
                n >= 0;
                n = stream.read(bytes, 0, bytes.length)) stream.write(bytes, 0, n);
    }

    /// Who it is.
    public PeerId id() {
        return host.id();
    }

    /// How many rounds were served so far.
    ///
    /// @throws AssertionError when one was not
    public int rounds() {
        if (failure.isPresent())
            throw new AssertionError("the bystander is not served", failure.get());
        return served.get();
    }

    /// Closes its connection and makes a new one, which the host must take within half a minute.
    ///
    /// @return how many connections it will have had then
    public int comeBack() {
        return visitsWanted.incrementAndGet();
    }

    /// How many connections it has had so far.
    ///
    /// @throws AssertionError when it was not served
    public int visits() {
        rounds();
        return visits.get();
    }

    /// The longest that a ping or an echo took.
    public Duration worst() {
        return worst;
    }

    private void keepOn() {
        try {
            Connection connection = connect();
            while (!leaving.get()) {
                if (visits.get() < visitsWanted.get()) {
                    connection.close();
                    connection = connect();
                }
                ping(connection);
                echo(connection);
                served.incrementAndGet();
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            if (!leaving.get()) failure = Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tries again where it is refused: a host may be full until it has seen others leave.
    private Connection connect() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TAKEN_WITHIN.toNanos();
        while (true) {
            try {
                // It comes by this way, whatever others the target has told it of.
                host.peers().forgetAddresses(address.peer().orElseThrow());
                Connection connection = host.connect(address);
                connection.awaitIdentified(ECHO_TIME);
                visits.incrementAndGet();
                return connection;
            } catch (IOException e) {
                if (leaving.get() || System.nanoTime() - deadline > 0) throw e;
                Thread.sleep(PAUSE);
            }
        }
    }

    private void ping(Connection connection) throws IOException {
        try (Ping.Session pings = Ping.open(connection)) {
            note(pings.ping());
        }
    }

    private void echo(Connection connection) throws IOException {
        byte[] said = new byte[ECHO_BYTES];
        Arrays.fill(said, (byte) served.get());
        byte[] heard = new byte[ECHO_BYTES];
        long start = System.nanoTime();
        try (ProtocolStream echo = connection.open(List.of(ECHO))) {
            echo.deadline(ECHO_TIME);
            echo.write(said, 0, said.length);
            Messages.readFully(echo, heard, 0, heard.length);
        }
        note(Duration.ofNanos(System.nanoTime() - start));
        if (!Arrays.equals(said, heard)) throw new IOException("another echo came");
    }

    private void note(Duration took) {
        if (took.compareTo(worst) > 0) worst = took;
    }

    /// Leaves.
    ///
    /// @throws AssertionError when it was not served to the end
    @Override
    public void close() throws IOException {
        leaving.set(true);
        try {
            rounds.join(ECHO_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        host.close();
        rounds();
    }
}
