package cairn.bitswap.client;

import cairn.bitswap.message.WantlistEntry;
import java.io.IOException;
import java.util.List;

/// Says to one partner what is wanted of it. Used by one thread at a time.
interface Mouth {
    void say(List<WantlistEntry> entries) throws IOException;

    /// Whether the partner can say whether it has something.
    default boolean isAnswered() {
        return true;
    }

    /// Whether saying it again may help.
    boolean mayTryAgain(IOException why);

    /// Whether a partner that is let go is still told what is wanted no more: it may be at work.
    boolean takesLastCancels();

    /// Nothing is to be said for a while; it may speak again later.
    void close();
}
