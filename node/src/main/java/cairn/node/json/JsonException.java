package cairn.node.json;

import java.io.IOException;

/// Text that isn't JSON. The message says where.
public final class JsonException extends IOException {
    private static final long serialVersionUID = 1L;

    JsonException(String message, int line, int column) {
        super("line " + line + ", column " + column + ": " + message);
    }
}
