package cairn.testkit.hostile;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.noise.Noise;
import cairn.libp2p.quic.QuicSettings;
import cairn.libp2p.quic.QuicTransport;
import cairn.libp2p.tcp.TcpTransport;
import cairn.libp2p.tls.TlsDuplex;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.upgrade.Protector;
import cairn.libp2p.upgrade.Upgrader;
import cairn.libp2p.websocket.WebSocketTls;
import cairn.libp2p.websocket.WebSocketTransport;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.Role;
import cairn.libp2p.yamux.YamuxMuxer;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// An attacker is a peer that means harm to one target. It has a key, and holds on to every
/// connection and thread that its attacks begin until it leaves, by [#close].
///
/// One thread directs it; `held` and `threads` take from others too.
public final class Attacker implements Closeable {
    /// How long leaving waits for threads, which have lost what they wait on.
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(20);

    private static final String YAMUX = "/yamux/1.0.0";

    private final Target target;
    private final SigningKey key;
    private final LargeBuffers buffers = new LargeBuffers();
    private final ConcurrentLinkedDeque<Closeable> held = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<Thread> threads = new ConcurrentLinkedDeque<>();
    private final List<Transport> transports = new ArrayList<>();
    private int sockets;

    /// A new peer.
    public Attacker(Target target) {
        this(target, SigningKey.generate());
    }

    public Attacker(Target target, SigningKey key) {
        this.target = target;
        this.key = key;
    }

    /// Whom it attacks.
    public Target target() {
        return target;
    }

    /// Who it is.
    public SigningKey key() {
        return key;
    }

    /// How many sockets it has opened so far, at most: what it holds of the process's descriptors.
    public int sockets() {
        return sockets;
    }

    /// Tries an attack, as far as the host lets it.
    ///
    /// @return how the host cut the attacker off; empty where it did not
    public Optional<IOException> attempt(Attack attack) {
        try {
            attack.perform(this);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /// Does something on a thread of its own, until it is done or cut off.
    public void meanwhile(Attack attack) {
        threads.add(Thread.ofVirtual().name("attack").start(() -> attempt(attack)));
    }

    /// Holds something until the attacker leaves.
    public <C extends Closeable> C hold(C closeable) {
        held.push(closeable);
        return closeable;
    }

    /// A TCP connection on which nothing was said.
    public Wire wire() throws IOException {
        return wire(target.tcp());
    }

    /// A TCP connection to any address of the target.
    public Wire wire(Multiaddr address) throws IOException {
        sockets++;
        return hold(Wire.to(address));
    }

    /// What a wire becomes when both ends have proven their keys by Noise.
    public Duplex secured(Duplex wire) throws IOException {
        Multistream.select(wire, List.of(Noise.PROTOCOL));
        return new Noise(key, buffers)
                .secure(wire, Role.INITIATOR, Optional.of(target.peer()), List.of(YAMUX))
                .channel();
    }

    /// A connection over TCP and Noise, whose frames of yamux are made by hand.
    public RawYamux yamux() throws IOException {
        return new RawYamux(secured(wire()));
    }

    /// A connection whose muxer is in order, for attacks by what is said on streams. Streams that
    /// the host opens are taken and never answered.
    public MuxedConnection connection(Multiaddr address) throws IOException {
        sockets++;
        Link link = transport(address).dial(address, target.peer(), Admission.unlimited());
        MuxedConnection muxed = hold(link.muxed());
        muxed.start(stream -> {});
        return muxed;
    }

    private Transport transport(Multiaddr address) throws IOException {
        for (Transport transport : transports) if (transport.handles(address)) return transport;
        Transport made = makeTransport(address);
        transports.add(made);
        return made;
    }

    /// Only the one that is needed: QUIC has threads, which outlive it for some seconds.
    private Transport makeTransport(Multiaddr address) throws IOException {
        if (address.has(AddressProtocol.QUIC_V1))
            return new QuicTransport(key, QuicSettings.defaults(), InstantSource.system());
        Upgrader upgrader =
                new Upgrader(
                        Protector.none(),
                        List.of(new Noise(key, buffers)),
                        List.of(new YamuxMuxer()));
        if (!address.has(AddressProtocol.WS)) return new TcpTransport(upgrader);
        WebSocketTls.Channels noTls = (raw, engine) -> new TlsDuplex(raw, engine, buffers);
        return new WebSocketTransport(upgrader, WebSocketTls.ofSystem(noTls));
    }

    /// Leaves: every connection is closed, and every thread has ended.
    @Override
    public void close() throws IOException {
        for (Closeable each = held.poll(); each != null; each = held.poll()) each.close();
        for (Transport transport : transports) transport.close();
        try {
            for (Thread thread : threads) {
                thread.interrupt();
                if (!thread.join(LEAVES_WITHIN))
                    throw new IOException("an attack doesn't end: " + thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
