package cairn.libp2p.quic;

import java.util.ArrayList;
import java.util.List;

/// The streams of one socket for which something arrived in the batch of packets that is being
/// taken in. They are read on when it is done: large pieces in place of one a packet, and one
/// waking of each reader. Owned by the socket's event loop.
final class Batch {
    private final Runnable later;
    private List<QuicStream> touched = new ArrayList<>();
    private List<QuicStream> spare = new ArrayList<>();
    private boolean running;

    /// @param later ends the batch soon, where none is running
    Batch(Runnable later) {
        this.later = later;
    }

    void begin() {
        running = true;
    }

    void touch(QuicStream stream) {
        touched.add(stream);
        if (!running && touched.size() == 1) later.run();
    }

    void end() {
        List<QuicStream> ending = touched;
        touched = spare;
        for (QuicStream stream : ending) stream.endOfBatch();
        ending.clear();
        spare = ending;
        running = false;
    }
}
