package cairn.rpc.client;

import java.io.IOException;
import java.net.InetSocketAddress;

/// What listens at an address isn't the control API.
public final class NotTheApiException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTheApiException(InetSocketAddress address, String sign, Throwable cause) {
        super(
                "what answers at "
                        + address.getAddress().getHostAddress()
                        + ":"
                        + address.getPort()
                        + " isn't Cairn's API: "
                        + sign,
                cause);
    }
}
