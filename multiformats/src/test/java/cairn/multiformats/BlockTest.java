package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BlockTest {
    private static final Hashes HASHES = Hashes.jdk();
    private static final byte[] HELLO = "hello world".getBytes(StandardCharsets.US_ASCII);

    /// The CID that IPIP-499 gives for these bytes.
    private static final String HELLO_CID =
            "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @Test
    void new_bytes_are_named_by_hashing_them() throws Exception {
        Block block = Block.hashed(1, Multicodec.RAW, HASHES.forNewBlocks("sha2-256"), HELLO);
        assertThat(block.cid()).hasToString(HELLO_CID);
        assertThat(block.size()).isEqualTo(11);
        assertThat(block.data().isReadOnly()).isTrue();
        assertThat(block).hasToString(HELLO_CID + " (11 bytes)");
    }

    @Test
    void bytes_that_claim_a_name_are_checked() throws Exception {
        Cid cid = Cid.parse(HELLO_CID);
        assertThat(Block.verified(cid, HELLO, HASHES).bytes()).isEqualTo(HELLO);

        byte[] other = HELLO.clone();
        other[10] ^= 1;
        assertThatThrownBy(() -> Block.verified(cid, other, HASHES))
                .isInstanceOf(HashMismatchException.class)
                .hasMessage("the bytes are not those of " + HELLO_CID);
    }

    @Test
    void a_name_by_an_unknown_function_is_told_as_such() {
        Cid cid = Cid.v1(Multicodec.RAW, Multihash.of(new Multicodec(0xb220), new byte[32]));
        assertThatThrownBy(() -> Block.verified(cid, HELLO, HASHES))
                .isInstanceOf(UnknownHashException.class);
    }

    @Test
    void two_mebibytes_are_the_most() throws Exception {
        HashFunction sha = HASHES.forNewBlocks("sha2-256");
        assertThat(Block.hashed(0, Multicodec.DAG_PB, sha, new byte[Block.MAX_BYTES]).size())
                .isEqualTo(2 << 20);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Block.hashed(1, Multicodec.RAW, sha, new byte[Block.MAX_BYTES + 1]))
                .withMessage("a block of 2097153 bytes; at most 2097152");
    }
}
