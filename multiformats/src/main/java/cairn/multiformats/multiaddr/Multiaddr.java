package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multihash;
import cairn.multiformats.peer.PeerId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A multiaddr is an address that names its protocols from the outside in, such as
/// `/ip4/192.0.2.1/udp/4001/quic-v1/p2p/12D3KooW...`. In bytes, each component is its code as a
/// varint, then its value, with a varint length before it where the length isn't fixed. Immutable.
///
/// **Limits** hold for what is read, from bytes or text: [#MAX_BYTES], [#MAX_COMPONENTS], and
/// nothing behind a path. An address made of such ones, as by [#withPeer], may go beyond them, so
/// that no peer's address makes this throw. Source: multiformats/multiaddr.
public record Multiaddr(List<Component> components) {
    /// The most bytes of an address: far above any in use.
    public static final int MAX_BYTES = 2048;

    /// The longest text that is read.
    public static final int MAX_TEXT_CHARS = 4 * MAX_BYTES;

    /// The most components of an address.
    public static final int MAX_COMPONENTS = 32;

    public Multiaddr {
        components = List.copyOf(components);
    }

    /// An address of components.
    public static Multiaddr of(Component... components) {
        return new Multiaddr(List.of(components));
    }

    /// The address that a text is.
    ///
    /// @throws MalformedException that names the part that is wrong
    public static Multiaddr parse(String text) throws MalformedException {
        return MultiaddrText.parse(text);
    }

    /// The address that these bytes are.
    ///
    /// @throws MalformedException also for a code that is unknown: it spoils this address, not the
    ///   list it came in
    public static Multiaddr of(byte[] bytes) throws MalformedException {
        if (bytes.length == 0) throw new MalformedException("multiaddr is empty");
        if (bytes.length > MAX_BYTES)
            throw new MalformedException("multiaddr of " + bytes.length + " bytes");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Component> components = new ArrayList<>();
        while (in.hasRemaining()) {
            if (components.size() == MAX_COMPONENTS)
                throw new MalformedException(
                        "multiaddr of more than " + MAX_COMPONENTS + " components");
            if (!components.isEmpty() && components.getLast().protocol() == AddressProtocol.UNIX)
                throw new MalformedException("multiaddr: a component behind a path");
            components.add(Component.read(in));
        }
        return new Multiaddr(components);
    }

    /// The address in bytes.
    public byte[] bytes() {
        int size = 0;
        for (Component component : components) size += component.size();
        ByteBuffer out = ByteBuffer.allocate(size);
        for (Component component : components) component.writeTo(out);
        return out.array();
    }

    /// Whether a protocol is in it.
    public boolean has(AddressProtocol protocol) {
        return find(protocol).isPresent();
    }

    /// The first component of a protocol.
    public Optional<Component> find(AddressProtocol protocol) {
        for (Component component : components)
            if (component.protocol() == protocol) return Optional.of(component);
        return Optional.empty();
    }

    /// The first component's protocol.
    public Optional<AddressProtocol> first() {
        return components.isEmpty()
                ? Optional.empty()
                : Optional.of(components.getFirst().protocol());
    }

    /// The protocols in order, which is what a transport decides by.
    public List<AddressProtocol> protocols() {
        return components.stream().map(Component::protocol).toList();
    }

    /// The peer that the address ends at: that of its last component, if it is `/p2p`.
    public Optional<PeerId> peer() {
        if (components.isEmpty() || components.getLast().protocol() != AddressProtocol.P2P)
            return Optional.empty();
        try {
            return Optional.of(new PeerId(Multihash.of(components.getLast().bytes())));
        } catch (MalformedException e) {
            throw new IllegalStateException("a peer id that was checked when read", e);
        }
    }

    /// The address without the peer that it ends at.
    public Multiaddr withoutPeer() {
        return peer().isEmpty()
                ? this
                : new Multiaddr(components.subList(0, components.size() - 1));
    }

    /// The address with this peer at its end, in place of the one that is there.
    public Multiaddr withPeer(PeerId peer) {
        try {
            return withoutPeer().with(Component.of(AddressProtocol.P2P, peer.bytes()));
        } catch (MalformedException e) {
            throw new IllegalStateException("a peer id is what /p2p holds", e);
        }
    }

    /// The address with a component more at its end.
    public Multiaddr with(Component component) {
        List<Component> all = new ArrayList<>(components);
        all.add(component);
        return new Multiaddr(all);
    }

    /// The address with another behind it.
    public Multiaddr with(Multiaddr tail) {
        List<Component> all = new ArrayList<>(components);
        all.addAll(tail.components);
        return new Multiaddr(all);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Component component : components) text.append(component);
        return text.toString();
    }
}
