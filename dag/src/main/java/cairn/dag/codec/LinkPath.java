package cairn.dag.codec;

import cairn.dag.LinkName;
import java.util.List;

/// Where in its block a link is. Good only while the visitor that is told it runs.
public interface LinkPath {
    /// The link's name, as dag-pb has them; [LinkName#EMPTY] in every other codec, and so in Kubo.
    default LinkName name() {
        return LinkName.EMPTY;
    }

    /// The keys and indexes that lead from the block's begin to the link; none where the link is
    /// the whole block. Made anew by each call: of one hostile block, all of them together may take
    /// far more memory than it.
    List<LinkName> segments();
}
