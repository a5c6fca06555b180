package cairn.cli.pins;

import cairn.dag.BlockSource;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// How many bytes a DAG says that it has: for progress, as nothing may rest on it.
final class DeclaredSize {
    private DeclaredSize() {}

    /// The size; 0 where its root doesn't say.
    static long of(Cid root, BlockSource source) throws IOException {
        Optional<Block> block = source.get(root);
        if (block.isEmpty()) return 0;
        if (!root.codec().equals(Multicodec.DAG_PB)) return block.get().size();
        try {
            long sum = block.get().size();
            for (PbLink link : PbNode.decode(ByteBuffer.wrap(block.get().bytes())).links())
                sum = Math.addExact(sum, Math.max(link.tsize(), 0));
            return sum;
        } catch (MalformedException | ArithmeticException e) {
            return 0; // the walk meets the same and says so, or the sizes lie
        }
    }
}
