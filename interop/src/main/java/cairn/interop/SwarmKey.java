package cairn.interop;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Keys of private networks. Source: libp2p/specs, pnet, "PSK file format".
public final class SwarmKey {
    private static final int BYTES = 32;

    private SwarmKey() {}

    /// The text of a new key's file.
    public static String make() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return "/key/swarm/psk/1.0.0/\n/base16/\n" + HexFormat.of().formatHex(key) + "\n";
    }
}
