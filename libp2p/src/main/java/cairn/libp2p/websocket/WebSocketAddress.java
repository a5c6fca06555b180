package cairn.libp2p.websocket;

import cairn.libp2p.transport.IpEndpoint;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;

/// What a multiaddr of WebSocket says: `/ws` behind TCP, or `/tls/ws`, `/tls/sni/NAME/ws` or `/wss`
/// for one within TLS.
///
/// @param name the name in `/sni`, which the other end's certificate must have
record WebSocketAddress(IpEndpoint endpoint, boolean secure, Optional<String> name) {
    static Optional<WebSocketAddress> of(Multiaddr address) {
        return IpEndpoint.of(address)
                .filter(e -> e.protocol() == AddressProtocol.TCP)
                .flatMap(WebSocketAddress::of);
    }

    private static Optional<WebSocketAddress> of(IpEndpoint endpoint) {
        List<AddressProtocol> rest = endpoint.rest().protocols();
        if (rest.equals(List.of(AddressProtocol.WS)))
            return Optional.of(new WebSocketAddress(endpoint, false, Optional.empty()));
        boolean secure =
                rest.equals(List.of(AddressProtocol.WSS))
                        || rest.equals(List.of(AddressProtocol.TLS, AddressProtocol.WS))
                        || rest.equals(
                                List.of(
                                        AddressProtocol.TLS,
                                        AddressProtocol.SNI,
                                        AddressProtocol.WS));
        Optional<String> name = endpoint.rest().find(AddressProtocol.SNI).map(Component::value);
        return secure ? Optional.of(new WebSocketAddress(endpoint, true, name)) : Optional.empty();
    }

    /// The name or the IP address that is dialled, as a certificate has it.
    String host() {
        return name.orElseGet(() -> endpoint.address().getAddress().getHostAddress());
    }

    int port() {
        return endpoint.address().getPort();
    }

    /// The `Host` field of a request there.
    String authority() {
        boolean bracketed =
                name.isEmpty() && endpoint.address().getAddress() instanceof Inet6Address;
        return (bracketed ? "[" + host() + "]" : host()) + ":" + port();
    }
}
