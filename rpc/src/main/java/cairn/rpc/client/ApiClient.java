package cairn.rpc.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// A client of the control API at one address. Each call has a connection of its own, which ends
/// with it: when it is closed early, or the process dies, the daemon stops the work. There is no
/// time-out but the caller's.
public final class ApiClient {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

    private final SocketAddress address;
    private final Optional<String> authorization;

    /// A client that shows no secret.
    ///
    /// @param address an IP address and a port, or a unix socket
    public ApiClient(SocketAddress address) {
        this(address, Optional.empty());
    }

    /// @param authorization the header of this name
    public ApiClient(SocketAddress address, Optional<String> authorization) {
        this.address = address;
        this.authorization = authorization;
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
    ///
    /// @throws IOException why the body couldn't be had, where that ended the call
    public Answer call(String path, Parameters parameters, Optional<RequestBody> body)
            throws IOException {
        SocketChannel socket = null;
        Optional<ChunkedUpload> upload = Optional.empty();
        boolean open = false;
        try {
            socket = connect();
            OutputStream out = Channels.newOutputStream(socket);
            out.write(head(path, parameters, body).getBytes(StandardCharsets.UTF_8));
            if (body.isPresent()) upload = Optional.of(ChunkedUpload.start(body.get(), socket));
            Answer answer = Answer.read(Channels.newInputStream(socket), socket, upload);
            open = true;
            return answer;
        } catch (SocketException | Head.NotHttpException | Answer.NoSuchEndpointException e) {
            throw unhad(upload).orElse(new NotTheApiException(address, e.getMessage(), e));
        } catch (IOException e) {
            throw unhad(upload).orElse(e);
        } finally {
            if (!open && socket != null) socket.close();
        }
    }

    private String head(String path, Parameters parameters, Optional<RequestBody> body) {
        return "POST /api/v0/"
                + path
                + parameters.query()
                + " HTTP/1.1\r\nHost: "
                + host()
                + authorization.map(shown -> "\r\nAuthorization: " + shown).orElse("")
                + body.map(ApiClient::framing).orElse("\r\nContent-Length: 0")
                + "\r\n\r\n";
    }

    private static String framing(RequestBody body) {
        return "\r\nTransfer-Encoding: chunked"
                + body.type().map(type -> "\r\nContent-Type: " + type).orElse("");
    }

    private static Optional<IOException> unhad(Optional<ChunkedUpload> upload) {
        return upload.flatMap(ChunkedUpload::failure);
    }

    private SocketChannel connect() throws IOException {
        SocketChannel socket =
                address instanceof InetSocketAddress
                        ? SocketChannel.open()
                        : SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            if (address instanceof InetSocketAddress) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                socket.socket().connect(address, (int) CONNECT_TIME.toMillis());
            } else socket.connect(address);
            connected = true;
            return socket;
        } catch (ConnectException e) {
            throw new NoDaemonException("nothing listens at " + address, e);
        } catch (SocketException e) {
            // So a unix socket says that its file isn't there.
            if (address instanceof InetSocketAddress) throw e;
            throw new NoDaemonException("nothing listens at " + address, e);
        } finally {
            if (!connected) socket.close();
        }
    }

    private String host() {
        if (!(address instanceof InetSocketAddress tcp)) return "localhost";
        InetAddress ip = tcp.getAddress();
        boolean here = ip.isLoopbackAddress() || ip.isAnyLocalAddress();
        String text = here ? "localhost" : ip.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + tcp.getPort();
    }
}
