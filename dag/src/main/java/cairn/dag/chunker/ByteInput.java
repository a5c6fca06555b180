package cairn.dag.chunker;

import java.io.IOException;

/// Where a chunker's bytes come from.
@FunctionalInterface
public interface ByteInput {
    /// Reads at least one byte, at most `length`.
    ///
    /// @return how many; -1 at the end
    int read(byte[] into, int offset, int length) throws IOException;
}
