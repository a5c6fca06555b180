package cairn.libp2p.swarm;

import java.io.IOException;

/// Serves a protocol: what is called for each stream that a peer opens for it.
@FunctionalInterface
public interface StreamHandler {
    /// Serves one stream, on a virtual thread of its own. When it returns the stream is closed;
    /// when it throws the stream is reset. It sets its own deadlines.
    void handle(ProtocolStream stream) throws IOException;
}
