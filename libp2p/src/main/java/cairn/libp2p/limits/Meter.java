package cairn.libp2p.limits;

import java.io.IOException;

/// A meter counts the bytes of one connection as they are on the wire, and holds them to the rates
/// that are set: each call may wait, so it is never made from an event loop.
public interface Meter {
    /// Called before bytes are written.
    void sending(int bytes) throws IOException;

    /// Called after bytes were read; waiting here is what slows the sender down.
    void received(int bytes) throws IOException;

    /// A meter that neither counts nor waits.
    static Meter none() {
        return new Meter() {
            @Override
            public void sending(int bytes) {}

            @Override
            public void received(int bytes) {}
        };
    }
}
