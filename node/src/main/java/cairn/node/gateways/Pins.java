package cairn.node.gateways;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which address is connected to for a server, instead of what its name leads to by then. The JDK's
/// client takes no address beside a URL, but for that of a proxy: so the server itself is taken for
/// one, which gets the whole URL in place of the path. Source: RFC 9112, section 3.2.2, "a server
/// MUST accept the absolute-form".
///
/// State is guarded by `this`. A server without a pin is not connected to.
final class Pins extends ProxySelector {
    /// More than requests go on at once.
    private static final int MOST = 1024;

    /// Port 0 of the address of nobody: a connection to it fails at once.
    private static final InetSocketAddress NOWHERE =
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);

    private final Map<String, InetSocketAddress> addresses =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, InetSocketAddress> eldest) {
                    return size() > MOST;
                }
            };

    synchronized void pin(URI uri, InetSocketAddress address) {
        addresses.remove(uri.getRawAuthority());
        addresses.put(uri.getRawAuthority(), address);
    }

    @Override
    public synchronized List<Proxy> select(URI uri) {
        InetSocketAddress address = addresses.getOrDefault(uri.getRawAuthority(), NOWHERE);
        return List.of(new Proxy(Proxy.Type.HTTP, address));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException why) {
        // Whoever asks learns of it.
    }
}
