package cairn.libp2p.multistream;

import java.io.IOException;
import java.util.List;

/// The other end speaks none of the protocols that it was offered. What is below still works.
public final class UnsupportedProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsupportedProtocolException(List<String> offers) {
        super("the other end doesn't speak " + String.join(", ", offers));
    }
}
