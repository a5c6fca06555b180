package cairn.libp2p.tls;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.security.Security;
import cairn.libp2p.security.SecurityContract;
import cairn.libp2p.wire.LargeBuffers;
import java.time.InstantSource;

/// TLS between hosts whose certificates have no names.
class NamelessTlsTest extends SecurityContract {
    private static final InstantSource CLOCK = InstantSource.system();

    private final LargeBuffers buffers = new LargeBuffers();

    @Override
    protected Security of(SigningKey host) {
        return new Tls(NamelessHosts.certificate(host, CLOCK.instant()), buffers, CLOCK);
    }
}
