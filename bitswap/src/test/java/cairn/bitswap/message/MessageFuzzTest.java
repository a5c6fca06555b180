package cairn.bitswap.message;

import cairn.multiformats.Block;
import cairn.multiformats.Hashes;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

final class MessageFuzzTest {
    /// Whatever the bytes, messages come out or an [IOException] does.
    @FuzzTest
    void messages_are_read_or_refused(byte[] bytes) {
        Received received = new Received();
        MessageReader reader =
                new MessageReader(
                        new BytesDuplex(bytes, 1000),
                        Hashes.jdk(),
                        new ByteAllowance(Block.MAX_BYTES));
        try {
            while (reader.read(received)) {}
        } catch (IOException e) {
            return;
        }
        for (Block block : received.blocks)
            if (!Hashes.jdk().find(block.cid().hash().function()).isPresent())
                throw new AssertionError("a block of an unknown function");
    }
}
