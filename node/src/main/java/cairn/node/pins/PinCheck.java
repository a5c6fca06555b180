package cairn.node.pins;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashMismatchException;
import cairn.multiformats.Hashes;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds what is missing or damaged below pins. Blocks that may have links are read and hashed,
/// those of other codecs are looked up in the index.
///
/// A DAG that was found whole is passed over when another pin reaches it: a bit a block. What is
/// bad is told for each pin that reaches it, as long as not too much is read again for that; from
/// then on a pin that reaches it is said to be broken, and no more. For one thread.
final class PinCheck {
    /// As deep as a walk that pins goes.
    private static final int MAX_DEPTH = 100_000;

    /// Links held above one another, about 50 MB.
    private static final int MAX_LINKS = 500_000;

    /// So much is read again to tell of one pin after another what is bad, and a block counts for
    /// [#LEAST_AGAIN] at least: some seconds.
    private static final long MAX_AGAIN = 64L << 20;

    private static final int LEAST_AGAIN = 4096;

    private final VisitedBlocks.Numbers numbers;
    private final BlockSource source;
    private final Hashes hashes;
    private final PinCheckListener listener;

    /// The nodes below which all is here.
    private final NumberedCids whole = new NumberedCids();

    /// The nodes below which something is bad.
    private final NumberedCids broken = new NumberedCids();

    private long again;

    /// What is known of the pin that is being checked.
    private Pin pin;

    private NumberedCids brokenHere;
    private boolean anyBad;
    private long blocks;

    PinCheck(
            VisitedBlocks.Numbers numbers,
            BlockSource source,
            Hashes hashes,
            PinCheckListener listener) {
        this.numbers = numbers;
        this.source = source;
        this.hashes = hashes;
        this.listener = listener;
    }

    /// A node whose links are being followed.
    private static final class Level {
        private final Cid cid;
        private final int size;
        private final Iterator<Cid> links;
        private boolean broken;

        Level(Cid cid, List<Cid> links) {
            this.cid = cid;
            this.size = links.size();
            this.links = links.iterator();
        }
    }

    /// Checks a pin.
    void check(Pin checked) throws IOException {
        pin = checked;
        brokenHere = new NumberedCids();
        anyBad = false;
        switch (checked.mode()) {
            case DIRECT -> lookUp(checked.cid());
            case RECURSIVE -> walk(checked.cid());
        }
        if (anyBad) listener.broken(checked);
        else listener.whole(checked);
    }

    private void walk(Cid root) throws IOException {
        ArrayDeque<Level> levels = new ArrayDeque<>();
        int held = 0;
        Cid next = root;
        while (true) {
            if (Links.isLeaf(next.codec())) {
                if (!lookUp(next) && !levels.isEmpty()) levels.peek().broken = true;
            } else if (!isWhole(next)) {
                boolean tooDeep = levels.size() >= MAX_DEPTH || held > MAX_LINKS;
                Optional<List<Cid>> links = tooDeep ? tellTooDeep(next) : links(next);
                if (links.isPresent()) {
                    levels.push(new Level(next, links.get()));
                    held += links.get().size();
                } else if (!levels.isEmpty()) levels.peek().broken = true;
            }
            while (!levels.isEmpty() && !levels.peek().links.hasNext()) {
                Level done = levels.pop();
                held -= done.size;
                mark(done);
                if (done.broken && !levels.isEmpty()) levels.peek().broken = true;
            }
            if (levels.isEmpty()) return;
            next = levels.peek().links.next();
        }
    }

    private void mark(Level done) throws IOException {
        OptionalLong number = number(done.cid);
        if (number.isEmpty()) return;
        if (done.broken) markBroken(done.cid, number);
        else whole.add(done.cid, number.getAsLong());
    }

    private void markBroken(Cid cid, OptionalLong number) {
        if (number.isEmpty()) return;
        brokenHere.add(cid, number.getAsLong());
        broken.add(cid, number.getAsLong());
    }

    private boolean isWhole(Cid cid) throws IOException {
        OptionalLong number = number(cid);
        return number.isPresent() && whole.contains(cid, number.getAsLong());
    }

    /// The links to follow; empty when the block is bad, or was found so under this pin.
    private Optional<List<Cid>> links(Cid cid) throws IOException {
        listener.checked(++blocks);
        OptionalLong number = number(cid);
        if (number.isPresent() && brokenHere.contains(cid, number.getAsLong()))
            return Optional.empty();
        boolean isKnown = number.isPresent() && broken.contains(cid, number.getAsLong());
        if (isKnown && again >= MAX_AGAIN) {
            anyBad = true;
            return Optional.empty();
        }
        List<Cid> links = new ArrayList<>();
        try {
            Block block = source.get(cid).orElseThrow(() -> new MissingBlockException(cid));
            if (isKnown) again += Math.max(LEAST_AGAIN, block.size());
            Block.verified(cid, block.bytes(), hashes);
            Links.forEach(block, (to, path) -> links.add(to));
            return Optional.of(links);
        } catch (DagException | StoreException | HashMismatchException | UnknownHashException e) {
            tell(cid, e);
            markBroken(cid, number);
            return Optional.empty();
        }
    }

    private boolean lookUp(Cid cid) throws IOException {
        listener.checked(++blocks);
        if (IdentityBlocks.isIdentity(cid) || number(cid).isPresent()) return true;
        tell(cid, new MissingBlockException(cid));
        return false;
    }

    private Optional<List<Cid>> tellTooDeep(Cid cid) throws IOException {
        tell(cid, new DagException(cid + " lies too deep to be followed"));
        return Optional.empty();
    }

    private void tell(Cid cid, IOException reason) throws IOException {
        anyBad = true;
        listener.bad(pin, cid, reason);
    }

    private OptionalLong number(Cid cid) throws IOException {
        return IdentityBlocks.isIdentity(cid) ? OptionalLong.empty() : numbers.of(cid.hash());
    }
}
