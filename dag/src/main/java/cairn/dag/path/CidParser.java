package cairn.dag.path;

import cairn.multiformats.Cid;
import java.io.IOException;

/// Reads a CID from its text.
@FunctionalInterface
public interface CidParser {
    /// @throws IOException when the text is no CID; the message says where and why
    Cid parse(String text) throws IOException;
}
