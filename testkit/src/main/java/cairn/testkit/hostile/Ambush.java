package cairn.testkit.hostile;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.noise.Noise;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.Role;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// An ambush listens on TCP where a peer is said to be, and does harm to who dials it. Connections
/// stay open until it is closed.
public final class Ambush implements Closeable {
    /// What is done to a connection.
    @FunctionalInterface
    public interface Trap {
        /// Springs on who has connected.
        void spring(Wire wire) throws IOException;
    }

    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final ConcurrentLinkedDeque<Wire> caught = new ConcurrentLinkedDeque<>();
    private final SigningKey claimed = SigningKey.generate();
    private final Trap trap;

    private Ambush(Trap trap) throws IOException {
        this.trap = trap;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().name("ambush").start(this::lieInWait);
    }

    /// One that does anything.
    public static Ambush of(Trap trap) throws IOException {
        return new Ambush(trap);
    }

    /// One that takes connections and never says a word.
    public static Ambush silent() throws IOException {
        return of(wire -> {});
    }

    /// One that proves by Noise to be another peer than was dialled.
    public static Ambush impostor() throws IOException {
        SigningKey other = SigningKey.generate();
        return of(
                wire -> {
                    Multistream.answer(wire, Noise.PROTOCOL::equals);
                    new Noise(other, new LargeBuffers())
                            .secure(wire, Role.RESPONDER, Optional.empty(), List.of());
                });
    }

    /// One that says back what it hears.
    public static Ambush parrot() throws IOException {
        return of(
                wire -> {
                    byte[] heard = new byte[4096];
                    for (int n = 0; n >= 0; n = wire.read(heard, 0, heard.length))
                        wire.write(heard, 0, n);
                });
    }

    /// One that answers with a word whose length never ends.
    public static Ambush endlessLength() throws IOException {
        return of(wire -> wire.say("\377".repeat(64)));
    }

    /// One that closes each connection with a reset.
    public static Ambush resetting() throws IOException {
        return of(Wire::vanish);
    }

    /// Where it lies, and the peer that should be there.
    public Multiaddr address() throws IOException {
        InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
        return IpEndpoint.multiaddr(bound, AddressProtocol.TCP, new Multiaddr(List.of()))
                .withPeer(peer());
    }

    /// The peer that it is said to be.
    public PeerId peer() {
        return claimed.peerId();
    }

    private void lieInWait() {
        while (server.isOpen()) {
            try {
                Wire wire = new Wire(server.accept());
                caught.push(wire);
                Thread.ofVirtual().name("trap").start(() -> spring(wire));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void spring(Wire wire) {
        try {
            trap.spring(wire);
        } catch (IOException e) {
            // Who was caught has got away: the host may.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Wire wire : caught) wire.close();
    }
}
