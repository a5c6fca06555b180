package cairn.bitswap.message;

import cairn.multiformats.Block;
import java.io.IOException;

/// Takes what a message holds, piece by piece in the order it came, on the thread that reads it.
/// What throws ends the reading.
public interface MessageHandler {
    /// A message begins.
    ///
    /// @param bytes how long it is
    default void begin(int bytes) {}

    void entry(WantlistEntry entry) throws IOException;

    void presence(Presence presence) throws IOException;

    /// A block that was hashed: its CID is what its bytes are, whoever wanted it or not.
    void block(Block block) throws IOException;

    /// A block that can't be named, as its hash function is unknown or not allowed.
    void unnamed(int bytes) throws IOException;

    /// The message has ended.
    ///
    /// @param full whether its entries are all that the peer wants, rather than changes
    /// @param pendingBytes how much the peer says that it is yet to send
    void end(boolean full, int pendingBytes) throws IOException;
}
