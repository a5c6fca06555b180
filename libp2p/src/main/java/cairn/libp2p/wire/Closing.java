package cairn.libp2p.wire;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// The end of several things that were open together.
public final class Closing {
    private Closing() {}

    /// Closes all in their order, whatever becomes of any of them.
    ///
    /// @throws IOException that the first threw which failed; those of the others are suppressed in
    ///   it
    public static void all(List<? extends Closeable> parts) throws IOException {
        if (parts.isEmpty()) return;
        int last = parts.size() - 1;
        try (Closeable _ = parts.get(last)) {
            all(parts.subList(0, last));
        }
    }
}
