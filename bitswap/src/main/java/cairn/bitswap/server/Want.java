package cairn.bitswap.server;

import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;
import java.util.Comparator;

/// A want is what a peer has asked for and not been given. Its [WantQueue] alone changes it, under
/// the lock of who owns that; whoever looks up or reads what it names may read [#cid] and, while it
/// is [State#LOOKING] or [State#TAKEN], [#kind].
final class Want {
    /// Where a want is on its way.
    enum State {
        /// Nobody has looked whether the block is here.
        FRESH,
        /// Someone is looking.
        LOOKING,
        /// The block isn't here.
        ABSENT,
        /// A small block that is here, and will be read.
        SMALL,
        /// A larger one.
        BULK,
        /// The block is being read, or was read and waits to be sent.
        TAKEN
    }

    /// The more urgent first, then the older.
    static final Comparator<Want> ORDER =
            (a, b) ->
                    a.priority != b.priority
                            ? Integer.compare(b.priority, a.priority)
                            : Long.compare(a.sequence, b.sequence);

    final Cid cid;
    final Waiting owner;
    final long sequence;
    Kind kind;
    int priority;
    boolean sendDontHave;
    State state = State.FRESH;

    /// Known once someone has looked.
    int size;

    /// The message that it was last in.
    WantQueue.Message message;

    /// Whether the block came while someone was looking.
    boolean arrived;

    /// Neighbours among the wants of one block: [Interests]'s.
    Want next;

    Want previous;

    Want(Cid cid, Waiting owner, long sequence, WantQueue.Message message) {
        this.cid = cid;
        this.owner = owner;
        this.sequence = sequence;
        this.message = message;
    }
}
