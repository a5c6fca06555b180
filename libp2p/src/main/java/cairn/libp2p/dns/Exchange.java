package cairn.libp2p.dns;

import java.io.IOException;
import java.time.Duration;

/// An exchange is one question and one answer with a name server, as bytes. It blocks, and ends
/// early when its thread is interrupted. Answers are whatever came: the asker checks them.
interface Exchange {
    /// The largest answer that is read: what DNS over TCP can frame.
    int MAX_ANSWER_BYTES = 0xffff;

    /// Who is asked, for errors.
    String server();

    /// Sends a query and waits for its answer.
    byte[] ask(byte[] query, Duration timeout) throws IOException;
}
