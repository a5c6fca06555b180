package cairn.interop;

import java.io.IOException;

/// An implementation of libp2p, of which hosts can be made: all of them in one process.
public interface Implementation extends AutoCloseable {
    /// A host as planned, which listens already.
    PeerHost make(HostPlan plan) throws IOException;

    /// The resident memory of its process in kibibytes.
    long residentKb() throws IOException;

    /// Ends all hosts and the process.
    @Override
    void close() throws IOException;
}
