package cairn.node;

import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;
import cairn.blockstore.rocks.Lease;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.car.CarContents;
import cairn.dag.car.CarImporter;
import cairn.dag.car.RootReport;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.node.pins.RootChecks;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Takes archives of blocks (CAR) into a node: any number of them with [#read], then [#commit], and
/// then, where it is wanted, the pins of their roots with [#pin]. One that is closed before leaves
/// blocks that nothing keeps, and no pin.
///
/// A collection that runs meanwhile leaves the blocks until it is closed. For one thread.
public final class CarImport implements AutoCloseable {
    private final Lease lease;
    private final WriteSession session;
    private final CarImporter importer;
    private final BlockSource leased;
    private final Hashes hashes;

    private CarImport(Lease lease, WriteSession session, BlockSource source, Hashes hashes) {
        this.lease = lease;
        this.hashes = hashes;
        this.session = session;
        this.importer = new CarImporter(session::put, hashes);
        this.leased = IdentityBlocks.over(new LeasedBlocks(source, lease));
    }

    static CarImport begin(RocksStore store, BlockSource source, Hashes hashes) throws IOException {
        Lease lease = store.lease();
        boolean done = false;
        try {
            CarImport begun = new CarImport(lease, store.blocks().openSession(), source, hashes);
            done = true;
            return begun;
        } finally {
            if (!done) lease.close();
        }
    }

    /// A root, and what is missing under it.
    public record CheckedRoot(Cid cid, RootReport report) {}

    /// Takes the blocks of an archive, each of them hashed. What fails leaves those before it,
    /// which nothing keeps.
    ///
    /// @throws cairn.dag.car.CarException when the archive is malformed or cut short, or a block
    ///   isn't what its CID names
    public CarContents read(ReadableByteChannel archive) throws IOException {
        return importer.put(archive);
    }

    /// Makes all blocks durable that were read.
    public void commit() throws IOException {
        session.commit(List.of());
    }

    /// Pins those roots recursively below which nothing is missing, whether it came from an archive
    /// or was here before; durable on return. To be called after [#commit].
    ///
    /// @return all roots, in order; those are pinned whose report is whole
    public List<CheckedRoot> pin(List<Cid> roots) throws IOException {
        RootChecks checks = new RootChecks(leased, lease, hashes);
        List<CheckedRoot> checked = new ArrayList<>();
        for (Cid root : new LinkedHashSet<>(roots))
            checked.add(new CheckedRoot(root, checks.check(root)));
        List<Pin> pins = new ArrayList<>();
        for (CheckedRoot root : checked)
            if (root.report.isWhole()) pins.add(new Pin(root.cid, Pin.Mode.RECURSIVE, ""));
        if (!pins.isEmpty()) session.commit(pins);
        return checked;
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } finally {
            lease.close();
        }
    }
}
