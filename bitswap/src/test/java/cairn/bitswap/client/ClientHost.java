package cairn.bitswap.client;

import cairn.bitswap.ProviderFinder;
import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.ByteAllowance;
import cairn.bitswap.message.MessageHandler;
import cairn.bitswap.message.MessageReader;
import cairn.bitswap.message.Presence;
import cairn.bitswap.message.WantlistEntry;
import cairn.libp2p.host.Host;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.SwarmListener;
import cairn.multiformats.Block;
import cairn.multiformats.Hashes;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;

/// A host with a client, which is told what its peers say.
final class ClientHost implements Closeable {
    private static final Hashes HASHES = Hashes.jdk();

    private final ByteAllowance allowance = new ByteAllowance(64 << 20);

    final Host host;
    final Client client;

    ClientHost(ProviderFinder finder, ClientOptions options) throws IOException {
        host = FakeServer.host();
        client = new Client(host.swarm(), finder, options);
        host.swarm()
                .subscribe(
                        new SwarmListener() {
                            @Override
                            public void identified(Connection connection) {
                                client.connected(connection.peer());
                            }

                            @Override
                            public void disconnected(Connection connection) {
                                if (host.swarm().connection(connection.peer()).isEmpty())
                                    client.gone(connection.peer());
                            }
                        });
        for (String protocol : BitswapVersion.protocols()) host.serve(protocol, this::read);
    }

    private void read(ProtocolStream stream) throws IOException {
        MessageReader reader = new MessageReader(stream, HASHES, allowance);
        while (reader.read(new Told(stream.peer()))) {}
    }

    private final class Told implements MessageHandler {
        private final PeerId from;

        Told(PeerId from) {
            this.from = from;
        }

        @Override
        public void entry(WantlistEntry entry) {}

        @Override
        public void presence(Presence presence) {
            client.presence(from, presence);
        }

        @Override
        public void block(Block block) {
            client.block(from, block);
        }

        @Override
        public void unnamed(int bytes) {
            client.unnamed(from, bytes);
        }

        @Override
        public void end(boolean full, int pendingBytes) {
            client.end(from);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        host.close();
    }
}
