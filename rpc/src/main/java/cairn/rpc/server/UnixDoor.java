package cairn.rpc.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/// A unix socket.
final class UnixDoor implements Door {
    private final UnixDomainSocketAddress address;
    private final UnixSocket socket;

    UnixDoor(UnixDomainSocketAddress address) throws IOException {
        this.address = address;
        this.socket = UnixSocket.prepare(address.getPath());
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
    public SocketAddress address() {
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
