package cairn.libp2p.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ResourceLimits;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.Transport;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several who want one peer at once.
@Timeout(30)
class SwarmConnectTest {
    private static final SigningKey PEER = SigningKey.generate();
    private static final String GOOD = "/ip4/192.0.2.1/tcp/1";
    private static final String BAD = "/ip4/192.0.2.1/tcp/2";

    private final CountDownLatch refusal = new CountDownLatch(1);
    private final List<String> dialled = new CopyOnWriteArrayList<>();
    private final Swarm swarm =
            new Swarm(
                    SigningKey.generate().peerId(),
                    List.of(new Network()),
                    new ResourceLimits(Limits.of(1L << 30, 1 << 10)),
                    ConnectionGate.open(),
                    new Bandwidth(Rates.UNLIMITED),
                    peer -> List.of(),
                    List::of,
                    InstantSource.system());

    @AfterEach
    void close() throws IOException {
        swarm.close();
    }

    /// A transport over which the peer answers at one address, and takes its time to refuse at all
    /// others.
    private final class Network implements Transport {
        @Override
        public boolean handles(Multiaddr address) {
            return true;
        }

        @Override
        public Link dial(Multiaddr address, PeerId expected, Admission admission)
                throws IOException {
            dialled.add(address.toString());
            if (!address.toString().equals(GOOD)) {
                awaitRefusal();
                throw new IOException("refused");
            }
            return new Link(
                    new QuietConnection(), PEER.publicKey(), address, address, "/none", "/none");
        }

        private void awaitRefusal() throws InterruptedIOException {
            try {
                refusal.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }

        @Override
        public Listener listen(Multiaddr address, Inbound inbound) {
            throw new AssertionError("nobody listens");
        }

        @Override
        public void close() {}
    }

    private record Asked(Thread thread, CompletableFuture<Connection> outcome) {
        void awaitWaiting() {
            await().until(() -> thread.getState() == Thread.State.WAITING);
        }
    }

    private Asked ask(String hint) throws IOException {
        List<Multiaddr> hints = List.of(Multiaddr.parse(hint).withPeer(PEER.peerId()));
        CompletableFuture<Connection> outcome = new CompletableFuture<>();
        Thread thread =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                outcome.complete(swarm.connect(PEER.peerId(), hints, false));
                            } catch (IOException e) {
                                outcome.completeExceptionally(e);
                            }
                        });
        return new Asked(thread, outcome);
    }

    @Test
    void an_address_that_another_s_failed_attempt_did_not_try_is_tried_after_it() throws Exception {
        Asked first = ask(BAD);
        await().until(() -> dialled.size() == 1);
        Asked second = ask(GOOD);
        second.awaitWaiting();
        refusal.countDown();
        assertThat(second.outcome().get().remoteAddress()).hasToString(GOOD);
        assertThatThrownBy(() -> first.outcome().get()).hasMessageContaining("refused");
    }

    @Test
    void an_address_that_was_tried_is_not_tried_again() throws Exception {
        Asked first = ask(BAD);
        await().until(() -> dialled.size() == 1);
        Asked second = ask(BAD);
        second.awaitWaiting();
        refusal.countDown();
        assertThatThrownBy(() -> second.outcome().get()).hasMessageContaining("refused");
        assertThatThrownBy(() -> first.outcome().get()).hasMessageContaining("refused");
        assertThat(dialled).containsExactly(BAD);
    }
}
