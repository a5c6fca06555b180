package cairn.dag.walk;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.DagException;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CidDepthsTest {
    private final CidDepths depths = new CidDepths(RandomGenerator.getDefault());

    @Test
    void a_cid_that_was_not_put_is_absent_and_asking_does_not_put_it() throws DagException {
        assertThat(depths.get(cid(1))).isEqualTo(CidDepths.ABSENT);
        assertThat(depths.get(cid(1))).isEqualTo(CidDepths.ABSENT);
        assertThat(depths.put(cid(1), 3)).isEqualTo(CidDepths.ABSENT);
        assertThat(depths.get(cid(1))).isEqualTo(3);
    }

    @Test
    void depth_zero_is_a_depth() throws DagException {
        depths.put(cid(1), 0);
        assertThat(depths.get(cid(1))).isZero();
    }

    @Test
    void codec_and_version_are_part_of_what_is_remembered() throws DagException {
        depths.put(cid(1), 5);
        assertThat(depths.get(Cid.v0(cid(1).hash()))).isEqualTo(CidDepths.ABSENT);
        assertThat(depths.get(Cid.v1(Multicodec.RAW, cid(1).hash()))).isEqualTo(CidDepths.ABSENT);
    }

    @Test
    void nothing_is_lost_or_mixed_up_while_it_grows() throws DagException {
        int many = 1_500_000;
        int wrong = 0;
        for (int i = 0; i < many; i++) if (depths.put(cid(i), i) != CidDepths.ABSENT) wrong++;
        for (int i = 0; i < many; i++) if (depths.put(cid(i), 7) != i) wrong++;
        assertThat(wrong).isZero();
        assertThat(depths.get(cid(many))).isEqualTo(CidDepths.ABSENT);
    }

    /// CIDs that differ in their last bytes only, as a DAG that was made to confuse may have them.
    private static Cid cid(int number) {
        byte[] digest = ByteBuffer.allocate(32).putInt(28, number).array();
        return Cid.v1(Multicodec.DAG_PB, Multihash.of(Multicodec.SHA2_256, digest));
    }
}
