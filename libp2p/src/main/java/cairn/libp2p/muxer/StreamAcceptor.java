package cairn.libp2p.muxer;

/// Takes the streams that the other end opens.
@FunctionalInterface
public interface StreamAcceptor {
    /// Called for each, in the order they were opened, on the thread that reads the connection: it
    /// must return at once, after handing the stream to a thread of its own or resetting it.
    void accept(MuxedStream stream);
}
