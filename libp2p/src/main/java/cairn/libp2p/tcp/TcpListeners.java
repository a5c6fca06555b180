package cairn.libp2p.tcp;

import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.wire.Closing;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The listening TCP sockets of a transport, which end together.
public final class TcpListeners implements Closeable {
    private final SharedPorts ports;
    private final Set<Listener> open = ConcurrentHashMap.newKeySet();

    /// Those of a transport that doesn't dial from them.
    public TcpListeners() {
        this(new SharedPorts());
    }

    TcpListeners(SharedPorts ports) {
        this.ports = ports;
    }

    /// Listens at an endpoint.
    ///
    /// @throws IOException that names the address, when it can't be taken
    public Listener listen(IpEndpoint endpoint, TcpEnd end, Inbound inbound) throws IOException {
        try {
            TcpListener listener =
                    TcpListener.open(ports, endpoint.address(), endpoint.rest(), end, inbound);
            Listener kept = new Kept(listener);
            open.add(kept);
            return kept;
        } catch (IOException e) {
            throw new IOException(endpoint.multiaddr() + ": " + e.getMessage(), e);
        }
    }

    /// A listener that is forgotten when it is closed.
    private final class Kept implements Listener {
        private final Listener listener;

        Kept(Listener listener) {
            this.listener = listener;
        }

        @Override
        public Multiaddr address() {
            return listener.address();
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            listener.close();
        }
    }

    @Override
    public void close() throws IOException {
        Closing.all(List.copyOf(open));
    }
}
