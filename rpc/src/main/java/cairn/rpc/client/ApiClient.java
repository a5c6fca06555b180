package cairn.rpc.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// A client of the control API at one address. Each call has a connection of its own, which ends
/// with it: when it is closed early, or the process dies, the daemon stops the work. There is no
/// time-out but the caller's.
public final class ApiClient {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

    private final InetSocketAddress address;

    public ApiClient(InetSocketAddress address) {
        this.address = address;
    }

    /// Calls an endpoint.
    ///
    /// @param path such as `swarm/peers`
    /// @throws NoDaemonException when nothing listens there
    /// @throws NotTheApiException when something else listens there
    /// @throws ApiException when the daemon refuses, or failed before it answered anything
    public Answer call(String path, Parameters parameters) throws IOException {
        return call(path, parameters, Optional.empty());
    }

    /// The same with a body, which is sent by a thread of its own while the answer comes. What
    /// can't be sent is left out: the daemon says why it stopped.
    public Answer call(String path, Parameters parameters, Optional<InputStream> body)
            throws IOException {
        Socket socket = new Socket();
        boolean open = false;
        try {
            connect(socket);
            String head =
                    "POST /api/v0/"
                            + path
                            + parameters.query()
                            + " HTTP/1.1\r\nHost: "
                            + host()
                            + (body.isPresent()
                                    ? "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    : "\r\nContent-Length: 0\r\n\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            if (body.isPresent()) ChunkedUpload.start(body.get(), socket);
            Answer answer = Answer.read(socket.getInputStream(), socket);
            open = true;
            return answer;
        } catch (SocketException | Head.NotHttpException | Answer.NoSuchEndpointException e) {
            throw new NotTheApiException(address, e.getMessage(), e);
        } finally {
            if (!open) socket.close();
        }
    }

    private void connect(Socket socket) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) CONNECT_TIME.toMillis());
        } catch (ConnectException e) {
            throw new NoDaemonException("nothing listens at " + address, e);
        }
    }

    private String host() {
        InetAddress ip = address.getAddress();
        String text = ip.isLoopbackAddress() ? "localhost" : ip.getHostAddress();
        return text + ":" + address.getPort();
    }
}
