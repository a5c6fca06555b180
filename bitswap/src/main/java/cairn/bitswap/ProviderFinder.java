package cairn.bitswap;

import cairn.libp2p.discovery.PeerAddresses;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.function.Consumer;

/// Finds who has a block, among those that aren't connected: the DHT, a list, nobody.
@FunctionalInterface
public interface ProviderFinder {
    /// Looks for peers until there are no more, or the thread is interrupted. Tells each when it is
    /// found, on any thread.
    void find(Cid cid, Consumer<PeerAddresses> found) throws IOException, InterruptedException;
}
