package cairn.libp2p.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.limits.Meter;
import cairn.libp2p.wire.MemoryDuplex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeteredDuplexTest {
    private final List<MemoryDuplex> ends = MemoryDuplex.pair();
    private final List<Boolean> heldWithin = new ArrayList<>();
    private final MeteredDuplex duplex =
            new MeteredDuplex(
                    ends.getFirst(),
                    new Meter() {
                        @Override
                        public void sending(int bytes) {
                            look();
                        }

                        @Override
                        public void received(int bytes) {
                            look();
                        }
                    });

    private void look() {
        heldWithin.add(duplex.isHeld());
    }

    @BeforeEach
    void nothing_holds_it_at_first() {
        assertThat(duplex.isHeld()).isFalse();
    }

    @Test
    void it_is_held_while_the_meter_lets_no_bytes_go() throws Exception {
        duplex.write(new byte[MeteredDuplex.STEP_BYTES + 1], 0, MeteredDuplex.STEP_BYTES + 1);
        assertThat(heldWithin).containsExactly(true, true);
        assertThat(duplex.isHeld()).isFalse();
    }

    @Test
    void it_is_held_while_the_meter_lets_no_more_be_read() throws Exception {
        ends.getLast().write(new byte[9], 0, 9);
        assertThat(duplex.read(new byte[20], 0, 20)).isEqualTo(9);
        assertThat(heldWithin).containsExactly(true);
        assertThat(duplex.isHeld()).isFalse();
    }
}
