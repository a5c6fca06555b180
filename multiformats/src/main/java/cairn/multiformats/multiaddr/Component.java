package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A component is one step of a multiaddr: a protocol and its value, as `/tcp/4001` or `/ws`.
/// Immutable; its value is always in the form of its protocol.
public final class Component {
    private final AddressProtocol protocol;
    private final byte[] value;

    private Component(AddressProtocol protocol, byte[] value) {
        this.protocol = protocol;
        this.value = value;
    }

    /// A component without a value.
    ///
    /// @throws IllegalArgumentException when the protocol needs one
    public static Component of(AddressProtocol protocol) {
        if (protocol.hasValue())
            throw new IllegalArgumentException("/" + protocol + " needs a value");
        return new Component(protocol, new byte[0]);
    }

    /// A component of a value in text.
    public static Component of(AddressProtocol protocol, String value) throws MalformedException {
        return new Component(protocol, protocol.form().parse(value));
    }

    /// A component of a value in bytes, which are copied.
    public static Component of(AddressProtocol protocol, byte[] value) throws MalformedException {
        protocol.form().check(value);
        return new Component(protocol, value.clone());
    }

    /// Reads one component and moves the buffer's position past it.
    ///
    /// @throws MalformedException also for a protocol without a name here
    static Component read(ByteBuffer in) throws MalformedException {
        long code = Varint.read(in);
        AddressProtocol protocol =
                AddressProtocol.of(code)
                        .orElseThrow(
                                () -> new MalformedException("multiaddr: no protocol " + code));
        int fixed = protocol.form().size();
        long length = fixed == ValueForm.VARIABLE ? Varint.read(in) : fixed;
        if (length > in.remaining())
            throw new MalformedException(
                    "multiaddr: /"
                            + protocol
                            + " is cut short: "
                            + in.remaining()
                            + " of "
                            + length
                            + " bytes");
        byte[] value = new byte[(int) length];
        in.get(value);
        protocol.form().check(value);
        return new Component(protocol, value);
    }

    public AddressProtocol protocol() {
        return protocol;
    }

    /// The value in text; empty where the protocol has none.
    public String value() {
        return protocol.form().print(value);
    }

    /// A copy of the value in bytes.
    public byte[] bytes() {
        return value.clone();
    }

    /// The number of bytes that the component takes.
    int size() {
        int head = Varint.size(protocol.code());
        if (protocol.form().size() == ValueForm.VARIABLE) head += Varint.size(value.length);
        return head + value.length;
    }

    void writeTo(ByteBuffer out) {
        Varint.write(protocol.code(), out);
        if (protocol.form().size() == ValueForm.VARIABLE) Varint.write(value.length, out);
        out.put(value);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Component other
                && protocol == other.protocol
                && Arrays.equals(value, other.value);
    }

    @Override
    public int hashCode() {
        return 31 * protocol.code() + Arrays.hashCode(value);
    }

    /// The component as it stands in a multiaddr, such as `/tcp/4001`.
    @Override
    public String toString() {
        if (!protocol.hasValue()) return "/" + protocol;
        String text = value();
        return "/" + protocol + (text.startsWith("/") ? text : "/" + text);
    }
}
