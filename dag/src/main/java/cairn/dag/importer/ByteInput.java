package cairn.dag.importer;

import java.io.IOException;

/// Where a chunker's bytes come from.
@FunctionalInterface
interface ByteInput {
    /// Reads at least one byte, at most `length`.
    ///
    /// @return how many; -1 at the end
    int read(byte[] into, int offset, int length) throws IOException;
}
