package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.TestBlocks;
import cairn.blockstore.WriteSession;
import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways beside [cairn.blockstore.Pins] in which pins are written keep its promises.
final class PinDoorsTest {
    private static final Block BLOCK = TestBlocks.random(new Random(1), 2000);
    private static final Block OTHER = TestBlocks.random(new Random(2), 2000);
    private static final Pin RECURSIVE = new Pin(BLOCK.cid(), Pin.Mode.RECURSIVE, "");
    private static final Pin DIRECT = new Pin(BLOCK.cid(), Pin.Mode.DIRECT, "");
    private static final Pin NEW = new Pin(OTHER.cid(), Pin.Mode.RECURSIVE, "");

    @TempDir Path temp;
    private RocksStore store;

    @BeforeEach
    void open() throws IOException {
        store = RocksStore.open(temp);
        store.blocks().putAll(List.of(BLOCK, OTHER));
        store.pins().add(List.of(RECURSIVE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_session_refuses_a_direct_pin_over_a_recursive_one() throws Exception {
        try (WriteSession session = store.blocks().openSession()) {
            assertThatThrownBy(() -> session.commit(List.of(DIRECT)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("already pinned recursively");
        }
        assertThat(store.pins().get(BLOCK.cid())).hasValue(RECURSIVE);
    }

    @Test
    void a_lease_refuses_a_direct_pin_over_a_recursive_one() throws Exception {
        try (Lease lease = store.lease()) {
            assertThatThrownBy(() -> lease.replacePins(RECURSIVE, List.of(), DIRECT))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("already pinned recursively");
        }
        assertThat(store.pins().get(BLOCK.cid())).hasValue(RECURSIVE);
    }

    @Test
    void a_lease_replaces_a_pin_that_is_as_it_was() throws Exception {
        try (Lease lease = store.lease()) {
            assertThat(lease.replacePins(RECURSIVE, List.of(BLOCK.cid()), NEW)).isTrue();
        }
        assertThat(store.pins().get(BLOCK.cid())).isEmpty();
        assertThat(store.pins().get(OTHER.cid())).hasValue(NEW);
    }

    @Test
    void a_lease_does_not_rely_on_a_pin_that_has_gone_or_changed() throws Exception {
        try (Lease lease = store.lease()) {
            store.pins().remove(List.of(BLOCK.cid()));
            assertThat(lease.replacePins(RECURSIVE, List.of(), NEW)).isFalse();
            store.pins().add(List.of(DIRECT));
            assertThat(lease.replacePins(RECURSIVE, List.of(), NEW)).isFalse();
        }
        assertThat(store.pins().get(OTHER.cid())).isEmpty();
    }

    @Test
    void a_lease_that_is_over_holds_nothing() throws Exception {
        Lease lease = store.lease();
        lease.close();
        assertThatThrownBy(() -> lease.hold(BLOCK.cid().hash()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("over");
        assertThatThrownBy(() -> lease.replacePins(RECURSIVE, List.of(), NEW))
                .isInstanceOf(StoreException.class);
    }
}
