package cairn.node;

import cairn.blockstore.Pin;
import cairn.blockstore.rocks.RocksStore;
import cairn.blockstore.rocks.Verification;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.node.pins.PinCheckListener;
import cairn.node.pins.Pinner;
import java.io.IOException;
import java.util.Optional;

/// Looks at everything that a node keeps: reads and hashes all blocks, and then walks over all
/// pins, to say which of them need a block that is damaged or isn't there.
public final class Verifier {
    private final RocksStore store;
    private final Pinner pins;
    private final Hashes hashes;

    Verifier(RocksStore store, Pinner pins, Hashes hashes) {
        this.store = store;
        this.pins = pins;
        this.hashes = hashes;
    }

    /// What is told while it runs, by several threads, one at a time.
    public interface Listener {
        /// So many blocks were read, of so many bytes.
        default void read(long blocks, long bytes) throws IOException {}

        /// So many pins were walked over.
        default void walked(long pins) throws IOException {}

        /// A file of the store can't be read, in whole or in part.
        default void unreadable(String file, String reason) throws IOException {}

        /// A block isn't what was stored, or is gone.
        ///
        /// @param cid of version 1 and raw, as the store doesn't know of codecs
        /// @param removed whether it was removed now
        default void damaged(Cid cid, Verification.Fault fault, boolean removed)
                throws IOException {}

        /// A pin isn't whole.
        ///
        /// @param lacks a block that it needs; empty when there is only what was found below an
        ///   earlier pin
        default void broken(Pin pin, Optional<Cid> lacks) throws IOException {}
    }

    /// What was found.
    ///
    /// @param removed blocks that were damaged and are gone now
    /// @param broken pins that aren't whole
    public record Report(Verification.Result blocks, long removed, long pins, long broken) {
        /// Whether nothing is wrong.
        public boolean isWhole() {
            return blocks.damaged() == 0 && blocks.miscounted() == 0 && broken == 0;
        }
    }

    /// Looks at all blocks and pins.
    ///
    /// @param drop whether damaged blocks are removed; takes a node that is open for writing
    public Report run(boolean drop, Listener listener) throws IOException {
        Verification verification = store.verification(hashes);
        long[] removed = {0};
        Verification.Result blocks =
                verification.run(
                        new Verification.Listener() {
                            @Override
                            public void read(long count, long bytes) throws IOException {
                                listener.read(count, bytes);
                            }

                            @Override
                            public void unreadable(String file, String reason) throws IOException {
                                listener.unreadable(file, reason);
                            }

                            @Override
                            public void damaged(Multihash hash, Verification.Fault fault)
                                    throws IOException {
                                boolean gone = drop && verification.drop(hash);
                                if (gone) removed[0]++;
                                listener.damaged(Cid.v1(Multicodec.RAW, hash), fault, gone);
                            }
                        });
        BrokenPins check = new BrokenPins(listener);
        pins.verify(verification::isDamaged, check);
        return new Report(blocks, removed[0], check.walked, check.broken);
    }

    /// Walks over all pins alone, and takes the leaves that are here for whole.
    ///
    /// @return how many pins aren't
    public long pins(Listener listener) throws IOException {
        BrokenPins check = new BrokenPins(listener);
        pins.verify(check);
        return check.broken;
    }

    /// Counts pins, and tells of each broken one with the first block that it lacks.
    private static final class BrokenPins implements PinCheckListener {
        private final Listener listener;
        private long walked;
        private long broken;
        private Optional<Cid> lacks = Optional.empty();

        BrokenPins(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void whole(Pin pin) throws IOException {
            listener.walked(++walked);
        }

        @Override
        public void bad(Pin pin, Cid cid, IOException reason) {
            if (lacks.isEmpty()) lacks = Optional.of(cid);
        }

        @Override
        public void broken(Pin pin) throws IOException {
            broken++;
            listener.broken(pin, lacks);
            lacks = Optional.empty();
            listener.walked(++walked);
        }
    }
}
