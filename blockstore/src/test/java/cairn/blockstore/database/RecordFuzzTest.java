package cairn.blockstore.database;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.Pin;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multihash;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Random;

/// Records that the store reads back are refused cleanly when damaged; what is taken encodes to the
/// same bytes.
public final class RecordFuzzTest {
    private static final Cid CID = TestBlocks.random(new Random(0), 1).cid();

    @FuzzTest
    void index_record(byte[] bytes) {
        try {
            IndexRecord record = IndexRecord.decode(bytes);
            assertThat(record.length()).isBetween(0, Block.MAX_BYTES);
            assertThat(record.encode()).isEqualTo(bytes);
        } catch (MalformedException e) {
            assertThat(e).hasMessageStartingWith("index record");
        }
    }

    @FuzzTest
    void block_record(byte[] bytes) {
        try {
            BlockRecord record = BlockRecord.decode(bytes);
            byte[] block = Arrays.copyOf(bytes, record.length());
            assertThat(BlockRecord.size(record.hash(), record.length())).isEqualTo(bytes.length);
            assertThat(BlockRecord.encode(Block.stored(named(record.hash()), block)))
                    .isEqualTo(bytes);
        } catch (MalformedException e) {
            assertThat(e).hasMessageMatching("(?s)(block record|multihash|varint|\\d+ bytes).*");
        }
    }

    private static Cid named(Multihash hash) {
        return Cid.v1(CID.codec(), hash);
    }

    @FuzzTest
    void pin_record(byte[] bytes) {
        try {
            Pin pin = PinRecord.decode(CID, bytes);
            assertThat(pin.cid()).isEqualTo(CID);
            assertThat(PinRecord.encode(pin)).isEqualTo(bytes);
        } catch (MalformedException e) {
            assertThat(e).hasMessageStartingWith("pin record");
        }
    }
}
