package cairn.libp2p.transport;

import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;

/// A dial that made no link, for any reason but the other end's identity. The message begins with
/// the address and says why.
public final class DialException extends IOException {
    private static final long serialVersionUID = 1L;

    public DialException(Multiaddr address, IOException cause) {
        super(address + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
