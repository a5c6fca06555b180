package cairn.bitswap.server;

import cairn.bitswap.message.WantlistEntry;
import java.util.Optional;
import java.util.function.Supplier;

/// A message of a peer, of which the server takes the entries as they come. Several may come at
/// once, on streams of their own: each is a whole of its own, and one that says all that the peer
/// wants ends what was wanted before it began, and nothing that comes beside it.
///
/// Used by one thread, which ends it.
public final class WantMessage {
    private final Supplier<Optional<Partner>> partners;
    private Optional<Heard> heard;
    private boolean said;

    private record Heard(Partner by, WantQueue.Message message) {
        static Heard of(Partner by) {
            return new Heard(by, by.begin());
        }
    }

    /// @param there the partner, where it has asked for something before
    /// @param partners makes it
    WantMessage(Optional<Partner> there, Supplier<Optional<Partner>> partners) {
        this.partners = partners;
        heard = there.map(Heard::of);
    }

    /// Takes an entry. Never waits. Wants by identity CIDs are passed over.
    public void entry(WantlistEntry entry) {
        said = true;
        if (heard.isEmpty()) heard = partners.get().map(Heard::of);
        heard.ifPresent(one -> one.by.entry(entry, one.message));
    }

    /// Takes its end, from which its answers begin.
    ///
    /// @param full whether wants that weren't in it are gone
    public void end(boolean full) {
        if (said || full) heard.ifPresent(one -> one.by.end(one.message, full));
    }
}
