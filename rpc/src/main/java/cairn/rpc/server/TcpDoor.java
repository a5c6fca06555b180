package cairn.rpc.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// A port of TCP.
final class TcpDoor implements Door {
    /// The most ports that are tried when the first is taken.
    private static final int MAX_MOVES = 20;

    private static final int MAX_PORT = 0xffff;

    /// The most connections that wait to be accepted: those beyond are tried again by their system
    /// after a second, and after two.
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel socket;
    private final InetSocketAddress address;

    /// Binds a port; where it is taken, one of those behind it.
    TcpDoor(InetSocketAddress wanted) throws IOException {
        socket = bind(wanted);
        address = (InetSocketAddress) socket.getLocalAddress();
    }

    private static ServerSocketChannel bind(InetSocketAddress wanted) throws IOException {
        BindException first = null;
        int last = wanted.getPort() == 0 ? 0 : Math.min(wanted.getPort() + MAX_MOVES, MAX_PORT);
        for (int port = wanted.getPort(); port <= last; port++) {
            ServerSocketChannel socket = ServerSocketChannel.open();
            boolean bound = false;
            try {
                socket.bind(new InetSocketAddress(wanted.getAddress(), port), BACKLOG);
                bound = true;
                return socket;
            } catch (BindException e) {
                if (first == null) first = e;
            } finally {
                if (!bound) socket.close();
            }
        }
        throw new IOException(
                "the control API can't listen at "
                        + wanted
                        + " nor on the ports behind it: "
                        + (first == null ? "" : first.getMessage()),
                first);
    }

    @Override
    public Connector connector(Server server, HttpConnectionFactory http) throws IOException {
        ServerConnector connector = new ServerConnector(server, 1, 1, http);
        connector.open(socket);
        return connector;
    }

    @Override
    public void opened() {}

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public boolean isOwners() {
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
