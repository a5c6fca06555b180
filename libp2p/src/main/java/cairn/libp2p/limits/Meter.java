package cairn.libp2p.limits;

import java.io.IOException;

/// A meter counts the bytes of one connection as they are on the wire, and holds them to the rates
/// that are set: each call may wait, so it is never made from an event loop.
public interface Meter {
    /// Called before bytes are written.
    void sending(int bytes) throws IOException;

    /// The same for a sender that may cease to want it while it waits.
    ///
    /// @throws IOException what [Sender#check] throws, soon after it would
    default void sending(int bytes, Sender sender) throws IOException {
        sender.check();
        sending(bytes);
    }

    /// Has all who wait look anew whether their senders still want it. It never waits itself, so an
    /// event loop may call it.
    default void wake() {}

    /// Called after bytes were read; waiting here is what slows the sender down.
    void received(int bytes) throws IOException;

    /// A sender says for how long its wait is wanted. It is asked under the meter's lock: it waits
    /// for nothing, and holds no lock when it calls the meter.
    interface Sender {
        /// @throws IOException when its bytes are not to be sent any more
        void check() throws IOException;

        /// How long the check's answer stays as it is, in nanoseconds, unless the meter is woken.
        long goodFor();
    }

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
