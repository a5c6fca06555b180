package cairn.dag.importer;

import cairn.dag.tree.ReadFailures;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/// What became of one entry, or of a part of it.
sealed interface Outcome<T> {
    /// It was written.
    record Done<T>(T value) implements Outcome<T> {}

    /// It couldn't be read, or not as a whole.
    record Bad<T>(String reason) implements Outcome<T> {}

    /// The outcome of an entry that couldn't be read.
    ///
    /// @throws ClosedByInterruptException where it wasn't the entry's fault: the import is stopped
    static <T> Outcome<T> bad(IOException e) throws ClosedByInterruptException {
        return new Bad<>(ReadFailures.reason(e));
    }
}
