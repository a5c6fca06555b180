package cairn.node.pins;

import cairn.blockstore.Pin;
import cairn.blockstore.rocks.Lease;
import cairn.dag.BlockSource;
import cairn.dag.MissingBlockException;
import cairn.dag.car.RootCheck;
import cairn.dag.car.RootReport;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.ArrayList;
import java.util.Set;

/// Finds what is missing below roots, of each root for itself. What several of them share is walked
/// once, or, from the first on below which something is missing, once more; a bit a block. What was
/// found is held by a lease. For one thread.
public final class RootChecks {
    private final BlockSource source;
    private final RootCheck sound;
    private final Faults faults = new Faults();
    private final PinCheck each;

    /// Whether all that was met is whole.
    private boolean isSound = true;

    /// @param source whose blocks are kept by the lease once they were asked for
    /// @param hashes that blocks are checked with
    public RootChecks(BlockSource source, Lease lease, Hashes hashes) {
        this.source = source;
        sound = new RootCheck(source, new VisitedHereAndElsewhere(lease::number));
        each = new PinCheck(lease::number, source, hashes, faults);
    }

    /// Checks a root.
    ///
    /// @throws IOException when the store failed to tell
    public RootReport check(Cid root) throws IOException {
        if (!source.has(root)) return new RootReport(List.of(root), 1, List.of(root), List.of());
        if (isSound) {
            RootReport report = sound.check(List.of(root));
            isSound = report.isWhole();
            return report;
        }
        faults.begin();
        each.check(new Pin(root, Pin.Mode.RECURSIVE, ""));
        return faults.report;
    }

    private static final class Faults implements PinCheckListener {
        /// So many missing blocks of a root are told apart; those after them are counted as often
        /// as something links to them.
        private static final int MAX_DISTINCT = 10_000;

        private final Set<Cid> distinct = new HashSet<>();
        private final List<Cid> first = new ArrayList<>();
        private final List<RootReport.Fault> others = new ArrayList<>();
        private long missing;
        private RootReport report;

        void begin() {
            distinct.clear();
            first.clear();
            others.clear();
            missing = 0;
        }

        @Override
        public void whole(Pin root) {
            report = new RootReport(List.of(), 0, List.of(), List.of());
        }

        @Override
        public void bad(Pin root, Cid cid, IOException reason) {
            if (!(reason instanceof MissingBlockException)) {
                if (others.isEmpty())
                    others.add(new RootReport.Fault(root.cid(), reason.getMessage()));
                return;
            }
            if (distinct.size() < MAX_DISTINCT ? !distinct.add(cid) : distinct.contains(cid))
                return;
            missing++;
            if (first.size() < RootReport.MAX_NAMED) first.add(cid);
        }

        @Override
        public void broken(Pin root) {
            if (missing == 0 && others.isEmpty())
                others.add(
                        new RootReport.Fault(
                                root.cid(), "it needs what is missing under roots before it"));
            report = new RootReport(List.of(), missing, first, others);
        }
    }
}
