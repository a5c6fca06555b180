package cairn.libp2p.dial;

import cairn.libp2p.dial.DialException.Failure;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/// The dialler makes a link to a peer out of its addresses: it resolves names, leaves out what a
/// filter forbids or a back-off holds back, and races the rest by the [DialPlan].
public final class Dialler {
    /// The most addresses of one peer that are considered, after names are resolved.
    private static final int MAX_ADDRESSES = 128;

    /// The most attempts at once, for all peers.
    private static final int MAX_ATTEMPTS = 160;

    private final LinkMaker maker;
    private final AddressResolution resolution;
    private final DialFilter filter;
    private final DialBackoff backoff;
    private final LongSupplier nanoTime;
    private final Semaphore slots = new Semaphore(MAX_ATTEMPTS);

    public Dialler(
            LinkMaker maker,
            AddressResolution resolution,
            DialFilter filter,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.maker = maker;
        this.resolution = resolution;
        this.filter = filter;
        this.backoff = new DialBackoff(clock);
        this.nanoTime = nanoTime;
    }

    /// Dials a peer.
    ///
    /// @param insist whether to dial addresses whose back-off isn't over: where a user asked
    /// @throws DialException that says what became of each address
    public Dialled dial(PeerId peer, List<Multiaddr> addresses, boolean insist) throws IOException {
        if (addresses.isEmpty()) throw new DialException(peer, "no addresses");
        List<Failure> left = new ArrayList<>();
        List<Multiaddr> chosen = new ArrayList<>();
        for (Multiaddr address : resolved(peer, addresses, left)) {
            Optional<String> refusal = filter.refuses(peer, address);
            Duration wait = insist ? Duration.ZERO : backoff.remaining(peer, address);
            if (refusal.isPresent()) left.add(new Failure(address, refusal.get()));
            else if (wait.isPositive())
                left.add(
                        new Failure(
                                address,
                                "failed before; to be tried again in "
                                        + Math.max(1, wait.toSeconds())
                                        + " s"));
            else chosen.add(address);
        }
        Dialled dialled =
                new Race(peer, DialPlan.of(chosen), maker, slots, nanoTime, left)
                        .run(address -> backoff.failed(peer, address));
        backoff.succeeded(peer);
        return dialled;
    }

    /// Forgets that a peer's addresses failed: it came by itself.
    public void reached(PeerId peer) {
        backoff.succeeded(peer);
    }

    private Set<Multiaddr> resolved(PeerId peer, List<Multiaddr> addresses, List<Failure> left) {
        Set<Multiaddr> resolved = new LinkedHashSet<>();
        for (Multiaddr address : addresses) {
            try {
                for (Multiaddr found : resolution.resolve(address)) {
                    if (found.peer().filter(other -> !other.equals(peer)).isPresent()) continue;
                    if (resolved.size() == MAX_ADDRESSES) return resolved;
                    boolean relayed = found.has(AddressProtocol.P2P_CIRCUIT);
                    resolved.add(relayed ? found : found.withoutPeer());
                }
            } catch (IOException e) {
                left.add(new Failure(address, "can't be resolved: " + e.getMessage()));
            }
        }
        return resolved;
    }
}
