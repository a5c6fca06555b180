package cairn.libp2p.mdns;

import cairn.libp2p.address.AddressKind;
import cairn.libp2p.address.AnnouncePolicy;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Discovery by multicast DNS: says on every interface where this node listens, asks who else is
/// there, and tells of who is found. Interfaces that come later are joined within [#SCAN_SECONDS]
/// s.
///
/// One thread asks, announces and looks for interfaces; one a link reads. `links` is guarded by
/// itself; nothing is sent under that lock.
public final class MdnsDiscovery implements Closeable {
    /// How often interfaces are looked at.
    static final int SCAN_SECONDS = 5;

    /// The first question is repeated after a second, then after twice as long each time, up to
    /// this.
    static final int MAX_PAUSE_SECONDS = 60;

    /// The most interfaces: a host of many containers has hundreds, and each costs a thread.
    static final int MAX_LINKS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(MdnsDiscovery.class);
    private static final int PORT = 5353;
    private static final int MIN_NAME_CHARS = 32;
    private static final int MAX_NAME_CHARS = 63;
    private static final String NAME_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// Protocols that browsers or peers behind others need: of no use on a network at hand.
    private static final Set<AddressProtocol> UNSUITABLE =
            Set.of(
                    AddressProtocol.P2P_CIRCUIT,
                    AddressProtocol.WEBTRANSPORT,
                    AddressProtocol.WEBRTC,
                    AddressProtocol.WEBRTC_DIRECT,
                    AddressProtocol.P2P_WEBRTC_DIRECT,
                    AddressProtocol.WS,
                    AddressProtocol.WSS);

    /// Who is told of peers. It is called on the thread that reads a link, and should return soon.
    @FunctionalInterface
    public interface Listener {
        /// A peer says that it is on a network of this host.
        ///
        /// @param addresses without the peer; link-local ones of IPv6 with the zone they were heard
        ///   in
        void found(PeerId peer, List<Multiaddr> addresses);
    }

    /// An interface with other addresses is another link.
    private record LinkId(int network, List<InterfaceAddress> addresses, InetSocketAddress group) {}

    private final PeerId self;
    private final Supplier<List<Multiaddr>> own;
    private final Listener listener;
    private final Predicate<NetworkInterface> wanted;
    private final List<InetSocketAddress> groups;
    private final LongSupplier nanoTime = System::nanoTime;
    private final String name = randomName();
    private final Sightings sightings = new Sightings(nanoTime);
    private final Map<LinkId, MdnsLink> links = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Discovery that isn't yet started.
    ///
    /// @param own the addresses that the node announces, without its peer id, as they are now
    public MdnsDiscovery(PeerId self, Supplier<List<Multiaddr>> own, Listener listener) {
        this(self, own, listener, MdnsDiscovery::isMulticast, PORT);
    }

    MdnsDiscovery(
            PeerId self,
            Supplier<List<Multiaddr>> own,
            Listener listener,
            Predicate<NetworkInterface> wanted,
            int port) {
        this.self = self;
        this.own = own;
        this.listener = listener;
        this.wanted = wanted;
        this.groups =
                List.of(
                        new InetSocketAddress(InetAddress.ofLiteral("224.0.0.251"), port),
                        new InetSocketAddress(InetAddress.ofLiteral("ff02::fb"), port));
    }

    private static boolean isMulticast(NetworkInterface network) {
        try {
            return network.supportsMulticast() && !network.isLoopback();
        } catch (SocketException e) {
            return false; // gone meanwhile
        }
    }

    private static String randomName() {
        var random = new SecureRandom();
        int length = random.nextInt(MIN_NAME_CHARS, MAX_NAME_CHARS + 1);
        StringBuilder name = new StringBuilder(length);
        for (int i = 0; i < length; i++)
            name.append(NAME_CHARS.charAt(random.nextInt(NAME_CHARS.length())));
        return name.toString();
    }

    /// Begins to listen, to ask and to announce. Interfaces that can't be joined are passed over.
    public void start() {
        Thread.ofVirtual().name("mdns").start(this::run);
    }

    private void run() {
        int second = 0;
        int pause = 1;
        int next = 0;
        List<Multiaddr> announced = List.of();
        try {
            do {
                boolean joined = second % SCAN_SECONDS == 0 && scan();
                List<Multiaddr> now = List.copyOf(own.get());
                if (joined || !now.equals(announced) || second == 1) {
                    announced = now;
                    sendAnswers(MdnsMessage.TTL_SECONDS);
                }
                if (joined) {
                    pause = 1;
                    next = second;
                }
                if (second >= next) {
                    sendAll(link -> link.send(MdnsMessage.question()));
                    next = second + pause;
                    pause = Math.min(2 * pause, MAX_PAUSE_SECONDS);
                }
                second++;
            } while (!closed.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            LOG.debug("mDNS discovery was interrupted");
        }
    }

    /// Joins interfaces that came, and leaves those that went.
    ///
    /// @return whether some came
    private boolean scan() {
        Map<LinkId, NetworkInterface> present = new HashMap<>();
        try {
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList())
                if (network.isUp() && wanted.test(network))
                    for (InetSocketAddress group : groups) {
                        var addresses = MdnsLink.addresses(network, group.getAddress());
                        if (!addresses.isEmpty())
                            present.put(new LinkId(network.getIndex(), addresses, group), network);
                    }
        } catch (SocketException e) {
            LOG.debug("interfaces can't be listed: {}", e.getMessage());
            return false;
        }
        List<MdnsLink> gone = new ArrayList<>();
        Set<LinkId> missing = new HashSet<>(present.keySet());
        synchronized (links) {
            missing.removeAll(links.keySet());
            for (LinkId id : Set.copyOf(links.keySet()))
                if (!present.containsKey(id)) gone.add(links.remove(id));
        }
        gone.forEach(MdnsDiscovery::closeLink);
        boolean joined = false;
        for (LinkId id : missing) joined |= join(id, present.get(id));
        return joined;
    }

    private boolean join(LinkId id, NetworkInterface network) {
        try {
            MdnsLink link = MdnsLink.join(network, id.group, nanoTime);
            synchronized (links) {
                if (closed.getCount() == 0 || links.size() == MAX_LINKS) {
                    closeLink(link);
                    return false;
                }
                links.put(id, link);
            }
            Thread.ofVirtual().name("mdns-" + network.getName()).start(() -> read(id, link));
            return true;
        } catch (IOException e) {
            LOG.debug("no mDNS on {}: {}", network.getName(), e.getMessage());
            return false;
        }
    }

    private void read(LinkId id, MdnsLink link) {
        try {
            for (var datagram = link.receive(); datagram.isPresent(); datagram = link.receive())
                handle(link, datagram.get());
        } catch (IOException e) {
            LOG.debug("mDNS on {} ends: {}", link.network().getName(), e.getMessage());
        } finally {
            // Whatever ended it: without a reader the link is none, and the next look joins anew.
            synchronized (links) {
                links.remove(id, link);
            }
            closeLink(link);
        }
    }

    private void handle(MdnsLink link, byte[] datagram) throws IOException {
        MdnsMessage message;
        try {
            message = MdnsMessage.decode(datagram);
        } catch (IOException e) {
            LOG.trace("mDNS on {}: {}", link.network().getName(), e.getMessage());
            return;
        }
        switch (message) {
            case MdnsMessage.Question() -> link.answer(answer(link, MdnsMessage.TTL_SECONDS));
            case MdnsMessage.Peers(var peers) -> {
                for (Map.Entry<PeerId, List<Multiaddr>> peer : peers.entrySet())
                    if (!peer.getKey().equals(self)) tell(link, peer.getKey(), peer.getValue());
            }
            case MdnsMessage.Other() -> {}
        }
    }

    private void tell(MdnsLink link, PeerId peer, List<Multiaddr> addresses) {
        List<Multiaddr> usable = new ArrayList<>();
        for (Multiaddr address : addresses) {
            if (!isSuitable(address) || !isReachable(link, AddressKind.of(address))) continue;
            usable.add(zoned(link, address));
        }
        if (!usable.isEmpty() && sightings.isNews(peer, usable)) listener.found(peer, usable);
    }

    /// An IP address, and nothing that is of no use on a network at hand.
    static boolean isSuitable(Multiaddr address) {
        if (address.components().isEmpty()) return false;
        AddressProtocol first = address.components().getFirst().protocol();
        return (first == AddressProtocol.IP4 || first == AddressProtocol.IP6)
                && address.protocols().stream().noneMatch(UNSUITABLE::contains);
    }

    private static boolean isReachable(MdnsLink link, AddressKind kind) {
        return kind == AddressKind.PUBLIC
                || kind.isLocalNetwork()
                || (kind == AddressKind.LOOPBACK && link.host().isLoopbackAddress());
    }

    private static Multiaddr zoned(MdnsLink link, Multiaddr address) {
        if (address.components().getFirst().protocol() != AddressProtocol.IP6
                || AddressKind.of(address) != AddressKind.LINK_LOCAL) return address;
        try {
            String zone = link.network().getName();
            return Multiaddr.of(Component.of(AddressProtocol.IP6ZONE, zone)).with(address);
        } catch (MalformedException e) {
            throw new IllegalStateException("the name of an interface", e);
        }
    }

    private byte[] answer(MdnsLink link, int ttl) {
        InetAddress host = link.host();
        List<Multiaddr> suitable = new ArrayList<>();
        for (Multiaddr address : AnnouncePolicy.visible(own.get(), multiaddr(host)))
            if (isSuitable(address)) suitable.add(address);
        return MdnsMessage.answer(name, self, suitable, host, ttl);
    }

    private static Multiaddr multiaddr(InetAddress host) {
        AddressProtocol family =
                host instanceof Inet4Address ? AddressProtocol.IP4 : AddressProtocol.IP6;
        try {
            return Multiaddr.of(Component.of(family, host.getAddress()));
        } catch (MalformedException e) {
            throw new IllegalStateException("an interface's address", e);
        }
    }

    private void sendAnswers(int ttl) {
        sendAll(link -> link.send(answer(link, ttl)));
    }

    private interface Sending {
        void on(MdnsLink link) throws IOException;
    }

    private void sendAll(Sending sending) {
        List<MdnsLink> all;
        synchronized (links) {
            all = List.copyOf(links.values());
        }
        for (MdnsLink link : all) {
            try {
                sending.on(link);
            } catch (IOException e) {
                LOG.debug("mDNS on {}: {}", link.network().getName(), e.getMessage());
            }
        }
    }

    private static void closeLink(MdnsLink link) {
        try {
            link.close();
        } catch (IOException e) {
            LOG.debug("mDNS on {}: {}", link.network().getName(), e.getMessage());
        }
    }

    /// Takes back what was announced, and leaves all interfaces.
    @Override
    public void close() {
        closed.countDown();
        sendAnswers(0);
        List<MdnsLink> all;
        synchronized (links) {
            all = List.copyOf(links.values());
            links.clear();
        }
        all.forEach(MdnsDiscovery::closeLink);
    }
}
