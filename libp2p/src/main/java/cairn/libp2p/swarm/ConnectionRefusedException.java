package cairn.libp2p.swarm;

import java.io.IOException;

/// A connection that this host won't have: a filter forbids it, or it leads to the host itself.
public final class ConnectionRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionRefusedException(String message) {
        super(message);
    }
}
