package cairn.testkit.hostile;

import static org.awaitility.Awaitility.await;

import cairn.libp2p.host.Host;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A siege is a host that is attacked while a [Bystander] is served. It holds the host to three
/// things: what it takes stays within its limits, the bystander is served throughout, and once the
/// attackers have left nothing remains of them and whoever comes is taken.
public final class Siege implements Closeable {
    /// How many rounds the bystander must be served while an attack is at its worst.
    private static final int ROUNDS = 3;

    private static final Duration SERVED_WITHIN = Duration.ofSeconds(40);

    private final Host host;
    private final Target target;
    private final Bystander bystander;

    private Siege(Host host, Bystander bystander) {
        this.host = host;
        this.target = Target.of(host);
        this.bystander = bystander;
    }

    /// Lays siege to a host, and has it serve [Bystander#ECHO]. The host stays the caller's.
    ///
    /// @param way which of the host's addresses the bystander takes
    public static Siege of(Host host, Function<Target, Multiaddr> way) throws IOException {
        host.serve(Bystander.ECHO, Bystander::echo);
        Target target = Target.of(host);
        Siege siege = new Siege(host, Bystander.of(target, way.apply(target)));
        siege.awaitServed();
        return siege;
    }

    /// Who is attacked.
    public Target target() {
        return target;
    }

    /// Who is served.
    public Bystander bystander() {
        return bystander;
    }

    /// Has attackers of their own carry out attacks, side by side, and holds the host to its word.
    ///
    /// @return how the host cut each attacker off; empty where it did not
    /// @throws AssertionError when it takes too much, serves the bystander no more, or keeps
    ///   something
    public List<Optional<IOException>> bear(Attack... attacks) throws IOException {
        return lay(() -> {}, attacks);
    }

    /// Likewise, but the attackers don't leave: the host must have got rid of them by itself within
    /// a time, all but the bare sockets at their own ends.
    public List<Optional<IOException>> outlast(Duration time, Attack... attacks)
            throws IOException {
        return lay(
                () ->
                        await().atMost(time)
                                .untilAsserted(() -> Footprint.assertOnlyServes(host, bystander)),
                attacks);
    }

    private List<Optional<IOException>> lay(Runnable untilTheyLeave, Attack... attacks)
            throws IOException {
        Footprint before = Footprint.of(host);
        List<Attacker> attackers = new ArrayList<>();
        List<Optional<IOException>> ends = new ArrayList<>();
        try {
            for (Attack attack : attacks) {
                Attacker attacker = new Attacker(target);
                attackers.add(attacker);
                ends.add(attacker.attempt(attack));
            }
            awaitServed();
            Footprint worst = Footprint.of(host);
            Allowance.of(
                            host.limits().limits(),
                            worst.resources().system().usage(),
                            attackers.stream().mapToInt(Attacker::sockets).sum())
                    .assertCovers(before, worst);
            untilTheyLeave.run();
        } finally {
            for (Attacker attacker : attackers) attacker.close();
        }
        awaitReturned();
        Footprint.assertReturnsTo(before, host, bystander);
        return ends;
    }

    /// Waits until the bystander was served for some rounds more.
    public void awaitServed() {
        int enough = bystander.rounds() + ROUNDS;
        await().atMost(SERVED_WITHIN).until(() -> bystander.rounds() >= enough);
    }

    /// Has the bystander connect anew, and waits until it was served.
    private void awaitReturned() {
        int visits = bystander.comeBack();
        await().atMost(SERVED_WITHIN).until(() -> bystander.visits() >= visits);
        awaitServed();
    }

    /// Lets the bystander leave.
    @Override
    public void close() throws IOException {
        bystander.close();
    }
}
