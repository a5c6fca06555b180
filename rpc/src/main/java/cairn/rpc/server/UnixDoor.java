package cairn.rpc.server;

import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/// A unix socket.
final class UnixDoor implements Door {
    private final Multiaddr address;
    private final UnixSocket socket;

    UnixDoor(Multiaddr address, Path path) throws IOException {
        this.address = address;
        this.socket = UnixSocket.prepare(path);
    }

    @Override
    public Connector connector(Server server, HttpConnectionFactory http) {
        UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 1, 1, http);
        connector.setUnixDomainPath(socket.made());
        return connector;
    }

    @Override
    public void opened() throws IOException {
        socket.place();
    }

    @Override
    public Multiaddr address() {
        return address;
    }

    @Override
    public boolean isOwners() {
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.remove();
    }
}
