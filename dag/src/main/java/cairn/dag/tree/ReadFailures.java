package cairn.dag.tree;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/// Says in a few words why an entry of a tree couldn't be read.
public final class ReadFailures {
    /// The reason where a file isn't what it was when its reading began.
    public static final String CHANGED = "changed while it was read";

    private ReadFailures() {}

    /// The reason, such as `permission denied`.
    ///
    /// @throws ClosedByInterruptException where it wasn't the entry's fault: the reader is stopped
    public static String reason(IOException e) throws ClosedByInterruptException {
        return switch (e) {
            case ClosedByInterruptException stopped -> throw stopped;
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            case FileSystemLoopException _ -> "too many levels of symbolic links";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}
