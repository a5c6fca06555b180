package cairn.libp2p.quic;

import cairn.libp2p.muxer.MuxedConnectionContract;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class QuicConnectionTest extends MuxedConnectionContract {
    private static QuicPair pair;

    @BeforeAll
    static void open_two_hosts() throws IOException {
        pair = new QuicPair();
    }

    @AfterAll
    static void close_them() {
        pair.close();
    }

    @Override
    protected Ends connect() throws IOException {
        try {
            return new Ends(pair.dial().muxed(), pair.takeAccepted().muxed());
        } catch (InterruptedException e) {
            throw (InterruptedIOException) new InterruptedIOException().initCause(e);
        }
    }
}
