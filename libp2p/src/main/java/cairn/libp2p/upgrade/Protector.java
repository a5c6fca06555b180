package cairn.libp2p.upgrade;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;

/// What lies below everything on a connection of a private network: only those who know its key
/// understand a word.
@FunctionalInterface
public interface Protector {
    /// A duplex over a bare one. What it needs to exchange beforehand it may do here or with the
    /// first bytes.
    Duplex protect(Duplex raw) throws IOException;

    /// That of the public network: none.
    static Protector none() {
        return raw -> raw;
    }
}
