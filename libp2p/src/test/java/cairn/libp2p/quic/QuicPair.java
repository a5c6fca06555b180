package cairn.libp2p.quic;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Two hosts that speak QUIC, the one listening on loopback.
final class QuicPair implements AutoCloseable {
    final SigningKey serverKey = SigningKey.generate();
    final SigningKey clientKey = SigningKey.generate();
    final QuicTransport server;
    final QuicTransport client;
    final BlockingQueue<Link> accepted = new LinkedBlockingQueue<>();
    final Listener listener;

    QuicPair() throws IOException {
        this("/ip4/127.0.0.1/udp/0/quic-v1", QuicSettings.defaults());
    }

    QuicPair(String address, QuicSettings settings) throws IOException {
        server = new QuicTransport(serverKey, settings, InstantSource.system());
        client = new QuicTransport(clientKey, settings, InstantSource.system());
        listener = server.listen(Multiaddr.parse(address), takingInto(accepted));
    }

    static Inbound takingInto(BlockingQueue<Link> accepted) {
        return new Inbound() {
            @Override
            public Admission admit(Multiaddr local, Multiaddr remote) {
                return Admission.unlimited();
            }

            @Override
            public void accept(Link link, Admission admission) {
                accepted.add(link);
            }
        };
    }

    Link dial() throws IOException {
        return client.dial(listener.address(), serverKey.peerId(), Admission.unlimited());
    }

    Link takeAccepted() throws InterruptedException {
        Link link = accepted.poll(10, TimeUnit.SECONDS);
        if (link == null) throw new AssertionError("no connection came in");
        return link;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
