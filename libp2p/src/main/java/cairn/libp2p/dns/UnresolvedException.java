package cairn.libp2p.dns;

import java.io.IOException;

/// No name server gave an answer that can be used: it is not known whether the name exists.
public final class UnresolvedException extends IOException {
    private static final long serialVersionUID = 1L;

    UnresolvedException(String message) {
        super(message);
    }

    UnresolvedException(String message, IOException cause) {
        super(message, cause);
    }
}
