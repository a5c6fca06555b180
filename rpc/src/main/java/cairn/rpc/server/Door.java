package cairn.rpc.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;

/// Where a server listens.
interface Door extends Closeable {
    /// What takes connections in, for one server.
    Connector connector(Server server, HttpConnectionFactory http) throws IOException;

    /// The server has started.
    void opened() throws IOException;

    /// Where clients find it.
    SocketAddress address();

    /// Whether only the owner of a file gets in.
    boolean isOwners();
}
