package cairn.blockstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Pins] does.
public abstract class PinsContract {
    final Random random = new Random(2);
    Pins pins;

    /// Pins of which there are none yet.
    protected abstract Pins open() throws Exception;

    @BeforeEach
    void open_without_pins() throws Exception {
        pins = open();
    }

    private Cid cid() {
        return TestBlocks.random(random, 10).cid();
    }

    @Test
    void absent_pin_is_empty_and_its_removal_is_passed_over() throws Exception {
        Cid cid = cid();
        assertThat(pins.get(cid)).isEmpty();
        pins.remove(List.of(cid));
        assertThat(list()).isEmpty();
    }

    @Test
    void pin_keeps_its_mode_and_name() throws Exception {
        for (String name : List.of("", "a", "ä ✓ \n\0", "x".repeat(Pin.MAX_NAME_BYTES)))
            for (Pin.Mode mode : Pin.Mode.values()) {
                Pin pin = new Pin(cid(), mode, name);
                pins.add(List.of(pin));
                assertThat(pins.get(pin.cid())).hasValue(pin);
            }
    }

    @Test
    void pin_of_one_cid_replaces_the_one_before() throws Exception {
        Cid cid = cid();
        pins.add(List.of(new Pin(cid, Pin.Mode.DIRECT, "first")));
        Pin second = new Pin(cid, Pin.Mode.RECURSIVE, "second");
        pins.add(List.of(second));
        assertThat(list()).containsExactly(second);
    }

    @Test
    void a_direct_pin_never_replaces_a_recursive_one() throws Exception {
        Pin kept = new Pin(cid(), Pin.Mode.RECURSIVE, "kept");
        pins.add(List.of(kept));
        Pin other = new Pin(cid(), Pin.Mode.DIRECT, "");
        Pin direct = new Pin(kept.cid(), Pin.Mode.DIRECT, "");
        assertThatThrownBy(() -> pins.add(List.of(other, direct)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("already pinned recursively");
        assertThat(list()).containsExactly(kept);
    }

    /// Of two that pin one CID at the same moment the recursive one always wins.
    @Test
    void a_direct_pin_beside_a_recursive_one_of_the_same_cid_loses() throws Exception {
        for (int round = 0; round < 50; round++) {
            Cid cid = cid();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread other =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    start.await();
                                    pins.add(List.of(new Pin(cid, Pin.Mode.DIRECT, "")));
                                } catch (StoreException e) {
                                    return; // it came second
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            start.await();
            pins.add(List.of(new Pin(cid, Pin.Mode.RECURSIVE, "")));
            other.join();
            assertThat(pins.get(cid)).map(Pin::mode).hasValue(Pin.Mode.RECURSIVE);
        }
    }

    @Test
    void cids_of_two_versions_are_two_pins() throws Exception {
        Cid v1 = cid();
        Cid v0 = Cid.v0(v1.hash());
        pins.add(
                List.of(
                        new Pin(v1, Pin.Mode.DIRECT, "one"),
                        new Pin(v0, Pin.Mode.DIRECT, "nought")));
        pins.remove(List.of(v1));
        assertThat(list()).extracting(Pin::cid).containsExactly(v0);
    }

    @Test
    void a_pin_takes_the_place_of_others_in_one_step() throws Exception {
        Pin old = new Pin(cid(), Pin.Mode.RECURSIVE, "old");
        Pin other = new Pin(cid(), Pin.Mode.DIRECT, "other");
        pins.add(List.of(old, other));
        Pin now = new Pin(cid(), Pin.Mode.RECURSIVE, "now");
        pins.replace(List.of(old.cid(), cid()), now);
        assertThat(list()).containsExactlyInAnyOrder(other, now);
        Pin renamed = new Pin(now.cid(), Pin.Mode.RECURSIVE, "renamed");
        pins.replace(List.of(now.cid()), renamed);
        assertThat(list()).containsExactlyInAnyOrder(other, renamed);
    }

    /// More than two pages of a listing.
    @Test
    void every_pin_is_listed_once_in_order_of_cid_bytes() throws Exception {
        List<Pin> all =
                IntStream.range(0, 2500)
                        .mapToObj(i -> new Pin(cid(), Pin.Mode.RECURSIVE, "pin " + i))
                        .toList();
        pins.add(all);
        assertThat(list())
                .containsExactlyElementsOf(
                        all.stream()
                                .sorted(
                                        Comparator.comparing(
                                                p -> p.cid().bytes(),
                                                java.util.Arrays::compareUnsigned))
                                .toList());
    }

    @Test
    void listing_stops_when_told_and_passes_errors_on() throws Exception {
        pins.add(List.of(new Pin(cid(), Pin.Mode.DIRECT, ""), new Pin(cid(), Pin.Mode.DIRECT, "")));
        List<Pin> visited = new ArrayList<>();
        pins.forEach(
                pin -> {
                    visited.add(pin);
                    return false;
                });
        assertThat(visited).hasSize(1);
        IOException error = new IOException("visitor");
        assertThatThrownBy(
                        () ->
                                pins.forEach(
                                        pin -> {
                                            throw error;
                                        }))
                .isSameAs(error);
    }

    private List<Pin> list() throws IOException {
        List<Pin> all = new ArrayList<>();
        pins.forEach(all::add);
        return all;
    }
}
