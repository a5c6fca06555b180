package cairn.node.gateways;

import java.io.IOException;

/// A server's answer is of no use, and would be none if it was asked again.
final class UnusableAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableAnswerException(String message) {
        super(message);
    }
}
