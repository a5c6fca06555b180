package cairn.bitswap.session;

import cairn.bitswap.message.Presence;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;
import cairn.multiformats.peer.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedSet;
import java.util.function.Predicate;

/// A peer behind a link with a rate and a latency, which sends its blocks in the order they were
/// asked for.
final class SimulatedPeer implements Voice {
    private final Simulation net;
    private final long oneWay;
    private final double bytesANano;
    private final SequencedSet<Cid> queue = new LinkedHashSet<>();
    private final Random random = new Random(1);
    private boolean sending;

    final PeerId id;
    int blockSize = 256 << 10;

    /// The first block's size, where it is another.
    OptionalInt firstSize = OptionalInt.empty();

    Predicate<Cid> has = cid -> true;

    /// Whether it says nothing.
    boolean silent;

    /// Whether it says that it has what it doesn't send.
    boolean liar;

    /// Whether it never says that it doesn't have something.
    boolean withoutDontHave;

    /// Whether it speaks a version without words: it gives blocks alone.
    boolean old;

    /// How many of its blocks are lost.
    double loss;

    /// Whether each block comes on a stream of its own, which stays open until [#endStreams].
    boolean keepsStreams;

    private final List<Runnable> streams = new ArrayList<>();

    int asked;

    /// The most that was asked for and hadn't come.
    int mostOpen;

    int cancels;
    int blocksSent;

    SimulatedPeer(Simulation net, int number, double megabits, Duration roundTrip) {
        this.net = net;
        oneWay = roundTrip.toNanos() / 2;
        bytesANano = megabits * 1e6 / 8 / 1e9;
        id = Simulation.peerId(number);
    }

    SimulatedPeer connect() {
        net.exchange.connected(id, this, net.now());
        net.settle();
        return this;
    }

    void disconnect() {
        silent = true;
        net.exchange.gone(id, net.now());
        net.settle();
    }

    @Override
    public void want(Cid cid, Kind kind, boolean again) {
        asked++;
        mostOpen = Math.max(mostOpen, asked - net.arrived);
        net.at(oneWay, () -> serve(cid, kind));
    }

    @Override
    public boolean isAnswered() {
        return !old;
    }

    @Override
    public void cancel(Cid cid) {
        cancels++;
        net.at(oneWay, () -> queue.remove(cid));
    }

    @Override
    public void end() {
        queue.clear();
    }

    private void serve(Cid cid, Kind kind) {
        if (old && (kind == Kind.HAVE || !has.test(cid))) return;
        if (!has.test(cid)) {
            if (!withoutDontHave) say(cid, Presence.Type.DONT_HAVE);
        } else if (kind == Kind.HAVE) {
            say(cid, Presence.Type.HAVE);
        } else if (liar) {
            say(cid, Presence.Type.HAVE);
        } else {
            queue.add(cid);
            send();
        }
    }

    private void say(Cid cid, Presence.Type type) {
        if (silent) return;
        net.at(
                oneWay,
                () ->
                        net.exchange
                                .peer(id)
                                .ifPresent(
                                        peer -> {
                                            Presence said = new Presence(cid, type);
                                            net.exchange.presence(peer, said, net.now());
                                            net.exchange.end(peer, net.now());
                                        }));
    }

    private void send() {
        if (sending || queue.isEmpty()) return;
        Cid cid = queue.removeFirst();
        sending = true;
        net.at((long) (sizeOf(cid) / bytesANano), () -> sent(cid));
    }

    private int sizeOf(Cid cid) {
        return cid.equals(Simulation.cid(0)) ? firstSize.orElse(blockSize) : blockSize;
    }

    private void sent(Cid cid) {
        sending = false;
        if (!silent && random.nextDouble() >= loss) {
            blocksSent++;
            net.at(oneWay, () -> arrives(cid));
        }
        send();
    }

    void endStreams() {
        keepsStreams = false;
        streams.forEach(Runnable::run);
        streams.clear();
    }

    private void arrives(Cid cid) {
        net.exchange
                .peer(id)
                .ifPresent(
                        peer -> {
                            if (keepsStreams) streams.add(net.exchange.streams(peer));
                            net.exchange.block(peer, net.block(cid, sizeOf(cid)), net.now());
                            net.exchange.end(peer, net.now());
                        });
    }
}
