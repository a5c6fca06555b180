package cairn.rpc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.rpc.client.Answer;
import cairn.rpc.client.ApiClient;
import cairn.rpc.client.ApiException;
import cairn.rpc.client.Parameters;
import cairn.rpc.server.RpcServer;
import cairn.rpc.server.ServerOptions;
import java.net.InetSocketAddress;
import java.net.InetAddress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PingsTest {
    private static Host host() throws IOException {
        return Host.open(
                HostOptions.of(SigningKey.generate())
                        .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
    }

    /// Takes pings and doesn't answer.
    private static void stayMute(ProtocolStream stream) throws IOException {
        byte[] bytes = new byte[32];
        while (stream.read(bytes, 0, bytes.length) >= 0) bytes[0]++;
    }

    @Test
    void a_peer_that_stays_mute_is_a_ping_that_failed() throws Exception {
        try (Host here = host();
                Host mute = host();
                RpcServer server =
                        RpcServer.open(
                                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                                ServerOptions.local("test"),
                                () -> Map.of("ping", new Pings(here)::ping))) {
            mute.swarm().unhandle(Ping.PROTOCOL);
            mute.swarm().handle(Ping.PROTOCOL, PingsTest::stayMute);
            Multiaddr address = mute.listenAddresses().getFirst().withPeer(mute.id());
            Parameters ping = new Parameters().arguments(List.of(address.toString()));
            try (Answer answer = new ApiClient(server.address()).call("ping", ping)) {
                assertThat(answer.next().toString()).contains("PING " + mute.id());
                assertThat(answer.next().toString()).contains("Ping error: ");
                assertThatThrownBy(answer::next)
                        .isInstanceOf(ApiException.class)
                        .hasMessageContaining("ping failed");
            }
        }
    }
}
