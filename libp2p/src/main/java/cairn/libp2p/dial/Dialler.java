package cairn.libp2p.dial;

import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/// The dialler makes a link to a peer out of its addresses: it races them by the [DialPlan], and
/// those behind names as soon as these are resolved; what a filter forbids or a back-off holds back
/// is left out.
public final class Dialler {
    /// The most names of one peer that are resolved, side by side: nobody needs more, and each may
    /// take its whole time.
    static final int MAX_NAMES = 8;

    /// The most attempts at once, for all peers.
    private static final int MAX_ATTEMPTS = 160;

    private static final Set<AddressProtocol> NAMES =
            Set.of(
                    AddressProtocol.DNS,
                    AddressProtocol.DNS4,
                    AddressProtocol.DNS6,
                    AddressProtocol.DNSADDR);

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

    /// Dials a peer, for a minute at most.
    ///
    /// @param insist whether to dial addresses whose back-off isn't over: where a user asked
    /// @throws DialException that says what became of each address
    public Dialled dial(PeerId peer, List<Multiaddr> addresses, boolean insist) throws IOException {
        if (addresses.isEmpty()) throw new DialException(peer, "no addresses");
        List<Multiaddr> plain = new ArrayList<>();
        Set<Multiaddr> names = new LinkedHashSet<>();
        for (Multiaddr address : addresses) {
            if (!isNamed(address)) plain.add(address);
            else if (names.size() < MAX_NAMES) names.add(address);
        }
        Choice choice = new Choice(peer, filter, backoff, insist);
        Dialled dialled =
                new Race(peer, choice, maker, resolution, slots, nanoTime)
                        .run(plain, names, address -> backoff.failed(peer, address));
        backoff.succeeded(peer);
        return dialled;
    }

    private static boolean isNamed(Multiaddr address) {
        return NAMES.stream().anyMatch(address::has);
    }

    /// Forgets that a peer's addresses failed: it came by itself.
    public void reached(PeerId peer) {
        backoff.succeeded(peer);
    }
}
