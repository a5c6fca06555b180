package cairn.libp2p.dial;

import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.util.List;

/// What turns an address that begins with a name into those that begin with an IP address.
@FunctionalInterface
public interface AddressResolution {
    /// The addresses behind one; itself where there is no name in it.
    List<Multiaddr> resolve(Multiaddr address) throws IOException;
}
