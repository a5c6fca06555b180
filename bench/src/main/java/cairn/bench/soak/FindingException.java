package cairn.bench.soak;

import java.io.IOException;

/// The store isn't what it must be by what was acknowledged: what a soak is there to find.
final class FindingException extends IOException {
    private static final long serialVersionUID = 1L;

    FindingException(String message) {
        super(message);
    }

    FindingException(String message, Throwable cause) {
        super(message, cause);
    }
}
