package cairn.dag.importer;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

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
        if (e instanceof ClosedByInterruptException stopped) throw stopped;
        return new Bad<>(reason(e));
    }

    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            case FileSystemLoopException _ -> "too many levels of symbolic links";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}
