package cairn.rpc.network;

import java.io.IOException;

/// An argument that was understood as a request, and can't be what it says: a text that is no peer,
/// a count of 0. Kubo answers these like all that fails.
final class WrongArgumentException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongArgumentException(String message) {
        super(message);
    }
}
