package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class QuicRetryTest {
    @Test
    @Timeout(60)
    void a_client_with_a_foreign_token_gets_its_connection() throws Exception {
        try (QuicPair pair = new QuicPair();
                ForeignTokenPath path = ForeignTokenPath.to(pair.listener.address())) {
            Multiaddr address = Multiaddr.parse("/ip4/127.0.0.1/udp/" + path.port() + "/quic-v1");
            Link link = pair.client.dial(address, pair.serverKey.peerId(), Admission.unlimited());
            assertThat(link.remotePeer()).isEqualTo(pair.serverKey.peerId());
            assertThat(pair.takeAccepted().remotePeer()).isEqualTo(pair.clientKey.peerId());
        }
    }
}
