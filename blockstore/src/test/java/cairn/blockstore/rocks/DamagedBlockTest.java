package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreFullException;
import cairn.blockstore.TestBlocks;
import cairn.blockstore.WriteSession;
import cairn.blockstore.upkeep.Repair;
import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A block whose bytes were wrong before they were written, under a right checksum, and the good
/// bytes that are put later.
final class DamagedBlockTest {
    /// What goes through the log, and what makes a bulk file.
    private static final int SMALL = 300;

    private static final int LARGE = 100_000;
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);

    @TempDir Path temp;

    private Path data() {
        return temp.resolve("data");
    }

    private RocksStore open(Limits limits) throws IOException {
        return RocksStore.open(data(), limits, SIZES);
    }

    private RocksStore open() throws IOException {
        return open(Limits.NONE);
    }

    private static Block good(int size) {
        return TestBlocks.random(new Random(size), size);
    }

    /// Stores it with a wrong byte, pinned.
    private Block damaged(RocksStore store, int size) throws IOException {
        Block good = good(size);
        byte[] wrong = good.bytes().clone();
        wrong[7] ^= 1;
        store.blocks().put(Block.stored(good.cid(), wrong));
        store.pins().add(List.of(new Pin(good.cid(), Pin.Mode.RECURSIVE, "")));
        return good;
    }

    private static boolean isWhole(RocksStore store, Block good) throws IOException {
        byte[] stored = store.blocks().get(good.cid()).orElseThrow().bytes();
        return Arrays.equals(stored, good.bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void good_bytes_take_its_place(int size) throws Exception {
        Block good;
        try (RocksStore store = open()) {
            good = damaged(store, size);
            assertThat(isWhole(store, good)).isFalse();
            store.blocks().put(good);
            assertThat(isWhole(store, good)).isTrue();
        }
        try (RocksStore store = open()) {
            assertThat(isWhole(store, good)).isTrue();
            assertThat(store.count()).isEqualTo(1);
            VerifiedWhole.check(store);
        }
    }

    @Test
    void two_sessions_that_mend_it_leave_one_copy() throws Exception {
        try (RocksStore store = open()) {
            Block good = damaged(store, LARGE);
            try (WriteSession one = store.blocks().openSession();
                    WriteSession other = store.blocks().openSession()) {
                one.put(good);
                other.put(good);
                one.commit(List.of());
                other.commit(List.of());
            }
            assertThat(isWhole(store, good)).isTrue();
            assertThat(store.count()).isEqualTo(1);
            VerifiedWhole.check(store);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void it_stays_when_there_is_no_room_for_the_good_bytes(int size) throws Exception {
        Block good;
        try (RocksStore store = open()) {
            good = damaged(store, size);
        }
        try (RocksStore store = open(new Limits(1000, 0))) {
            assertThatThrownBy(() -> store.blocks().put(good))
                    .isInstanceOf(StoreFullException.class);
            assertThat(store.blocks().has(good.cid().hash())).isTrue();
            assertThat(store.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void it_stays_when_the_session_is_not_committed(int size) throws Exception {
        try (RocksStore store = open()) {
            Block good = damaged(store, size);
            try (WriteSession session = store.blocks().openSession()) {
                session.put(good);
            }
            assertThat(store.blocks().has(good.cid().hash())).isTrue();
            assertThat(isWhole(store, good)).isFalse();
        }
    }

    /// The good copy may have a number below those that the lease keeps all of.
    @Test
    void a_lease_on_it_keeps_the_good_copy_too() throws Exception {
        try (RocksStore store = open()) {
            Block good = damaged(store, LARGE);
            WriteSession session = store.blocks().openSession();
            session.put(good);
            try (Lease lease = store.lease()) {
                assertThat(lease.hold(good.cid().hash())).isTrue();
                session.commit(List.of());
                session.close();
                try (GarbageCollection collection = store.collect()) {
                    collection.sweep((hash, length) -> {});
                }
                assertThat(isWhole(store, good)).isTrue();
            }
        }
    }

    @Test
    void a_collection_that_keeps_it_keeps_the_good_copy_too() throws Exception {
        try (RocksStore store = open()) {
            Block good = damaged(store, LARGE);
            try (GarbageCollection collection = store.collect()) {
                collection.keep(good.cid());
                store.blocks().put(good);
                collection.sweep((hash, length) -> {});
            }
            assertThat(isWhole(store, good)).isTrue();
            VerifiedWhole.check(store);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void a_repair_takes_the_good_copy(int size) throws Exception {
        Block good;
        try (RocksStore store = open()) {
            good = damaged(store, size);
            store.blocks().put(good);
        }
        Repair.Report report = repair();
        assertThat(report.lost()).isZero();
        try (RocksStore store = RocksStore.open(temp.resolve("repaired"), SIZES)) {
            assertThat(isWhole(store, good)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void a_repair_leaves_wrong_bytes_behind_and_names_the_block(int size) throws Exception {
        try (RocksStore store = open()) {
            damaged(store, size);
        }
        Repair.Report report = repair();
        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.needless()).isFalse();
        try (RocksStore store = RocksStore.open(temp.resolve("repaired"), SIZES)) {
            assertThat(store.count()).isZero();
        }
    }

    private Repair.Report repair() throws IOException {
        return Repair.run(
                data(),
                temp.resolve("repaired"),
                temp.resolve("scratch"),
                TestBlocks.HASHES,
                new Repair.Listener() {
                    @Override
                    public void looked(long tables, long of) {}

                    @Override
                    public void lost(Multihash hash) {}
                });
    }
}
