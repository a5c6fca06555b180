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
/// it says, round after round, on one connection, until it is closed.
///
/// A thread of its own makes the rounds and writes how they went; any may read.
public final class Bystander implements Closeable {
    /// The protocol that the host must serve, by [#echo].
    public static final String ECHO = "/echo/1.0.0";

    private static final int ECHO_BYTES = 4 << 10;

    /// How long an echo may take: as long as a ping.
    private static final Duration ECHO_TIME = Duration.ofSeconds(10);

    /// Between rounds: it is one that is served, not another flood.
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Host host;
    private final Connection connection;
    private final Thread rounds;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private volatile Duration worst = Duration.ZERO;
    private volatile Optional<IOException> failure = Optional.empty();

    private Bystander(Host host, Connection connection) {
        this.host = host;
        this.connection = connection;
        this.rounds = Thread.ofVirtual().name("bystander").unstarted(this::keepOn);
    }

    /// Connects at an address of the target, and begins.
    public static Bystander of(Target target, Multiaddr at) throws IOException {
        Host host = Host.open(HostOptions.of(SigningKey.generate()).agentVersion("bystander"));
        boolean connected = false;
        try {
            Bystander bystander = new Bystander(host, host.connect(at.withPeer(target.peer())));
            bystander.connection.awaitIdentified(ECHO_TIME);
            bystander.rounds.start();
            connected = true;
            return bystander;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            if (!connected) host.close();
        }
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

    /// The longest that a ping or an echo took.
    public Duration worst() {
        return worst;
    }

    private void keepOn() {
        byte[] said = new byte[ECHO_BYTES];
        byte[] heard = new byte[ECHO_BYTES];
        try (Ping.Session pings = Ping.open(connection);
                ProtocolStream echo = connection.open(List.of(ECHO))) {
            while (!leaving.get()) {
                Arrays.fill(said, (byte) served.get());
                note(pings.ping());
                long start = System.nanoTime();
                echo.deadline(ECHO_TIME);
                echo.write(said, 0, said.length);
                Messages.readFully(echo, heard, 0, heard.length);
                note(Duration.ofNanos(System.nanoTime() - start));
                if (!Arrays.equals(said, heard)) throw new IOException("another echo came");
                served.incrementAndGet();
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            if (!leaving.get()) failure = Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
