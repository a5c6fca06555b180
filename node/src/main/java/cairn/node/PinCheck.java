package cairn.node;

import cairn.blockstore.CorruptBlockException;
import cairn.blockstore.Pin;
import cairn.blockstore.rocks.NumberSet;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/// A walk over all pins that finds those which aren't whole. Each block is walked once, however
/// many pins it lies below: whether all below it is whole is kept in two bits under its number.
final class PinCheck {
    /// What is known of a block under a codec, once all below it was walked.
    private static final class Known {
        final NumberSet walked = new NumberSet();
        final NumberSet broken = new NumberSet();
    }

    /// A block on the way down.
    ///
    /// @param known where it goes; null for one that a CID carries in itself
    private static final class Level {
        final Known known;
        final long number;
        final Iterator<Cid> links;
        final int size;
        boolean whole = true;

        Level(Known known, long number, List<Cid> links) {
            this.known = known;
            this.number = number;
            this.links = links.iterator();
            size = links.size();
        }
    }

    private enum State {
        WHOLE,
        BROKEN,
        /// To be known when what is below it is.
        ENTERED
    }

    private final RocksStore store;
    private final BlockSource source;
    private final LongPredicate damaged;
    private final Map<Multicodec, Known> met = new HashMap<>();
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private int held;
    private Optional<Cid> lacks = Optional.empty();
    private long pins;
    private long broken;

    /// @param damaged whether the block under a number is known to be damaged
    PinCheck(RocksStore store, BlockSource source, LongPredicate damaged) {
        this.store = store;
        this.source = IdentityBlocks.over(source);
        this.damaged = damaged;
    }

    /// Walks over all pins.
    void run(Verifier.Listener listener) throws IOException {
        store.pins()
                .forEach(
                        pin -> {
                            lacks = Optional.empty();
                            if (!isWhole(pin)) {
                                broken++;
                                listener.broken(pin, lacks);
                            }
                            listener.walked(++pins);
                            return true;
                        });
    }

    long pins() {
        return pins;
    }

    /// How many of them aren't whole.
    long broken() {
        return broken;
    }

    private boolean isWhole(Pin pin) throws IOException {
        return switch (pin.mode()) {
            case DIRECT -> enter(Cid.v1(Multicodec.RAW, pin.cid().hash())) == State.WHOLE;
            case RECURSIVE -> isWholeBelow(pin.cid());
        };
    }

    private boolean isWholeBelow(Cid root) throws IOException {
        State state = enter(root);
        if (state != State.ENTERED) return state == State.WHOLE;
        while (true) {
            Level top = levels.getFirst();
            if (top.links.hasNext()) {
                if (enter(top.links.next()) == State.BROKEN) top.whole = false;
                continue;
            }
            levels.pop();
            held -= top.size;
            if (top.known != null) {
                top.known.walked.add(top.number);
                if (!top.whole) top.known.broken.add(top.number);
            }
            if (levels.isEmpty()) return top.whole;
            if (!top.whole) levels.getFirst().whole = false;
        }
    }

    private State enter(Cid cid) throws IOException {
        Known known = null;
        long number = 0;
        boolean leaf = Codec.of(cid.codec()).isEmpty() || Links.isLeaf(cid.codec());
        if (!IdentityBlocks.isIdentity(cid)) {
            OptionalLong here = store.number(cid.hash());
            if (here.isEmpty() || damaged.test(here.getAsLong())) return lacking(cid);
            number = here.getAsLong();
            known = met.computeIfAbsent(leaf ? Multicodec.RAW : cid.codec(), _ -> new Known());
            if (known.walked.contains(number))
                return known.broken.contains(number) ? State.BROKEN : State.WHOLE;
        }
        if (leaf) return State.WHOLE;
        // One that needs more in hand can't be walked, so nobody can say that it is whole.
        if (held > Marker.MAX_LINKS) return lacking(cid);
        Optional<List<Cid>> links = links(cid);
        if (links.isEmpty()) return lacking(cid);
        levels.push(new Level(known, number, links.get()));
        held += links.get().size();
        return State.ENTERED;
    }

    private State lacking(Cid cid) {
        if (lacks.isEmpty()) lacks = Optional.of(cid);
        return State.BROKEN;
    }

    /// The links of a block; of a malformed one those before the place where it is. Empty when the
    /// block can't be read.
    private Optional<List<Cid>> links(Cid cid) throws IOException {
        List<Cid> links = new ArrayList<>();
        try {
            Optional<Block> block = source.get(cid);
            if (block.isEmpty()) return Optional.empty();
            Links.forEach(block.get(), (to, path) -> links.add(to));
        } catch (CorruptBlockException e) {
            return Optional.empty();
        } catch (DagException e) {
            return Optional.of(links); // as it was when it was pinned
        }
        return Optional.of(links);
    }
}
