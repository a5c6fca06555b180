package cairn.rpc.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// What listens at an address isn't the control API.
public final class NotTheApiException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTheApiException(SocketAddress address, String sign, Throwable cause) {
        super(
                "what answers at "
                        + (address instanceof InetSocketAddress tcp
                                ? tcp.getAddress().getHostAddress() + ":" + tcp.getPort()
                                : address)
                        + " isn't Cairn's API: "
                        + sign,
                cause);
    }
}
