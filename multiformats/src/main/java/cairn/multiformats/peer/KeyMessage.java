package cairn.multiformats.peer;

import cairn.multiformats.MalformedException;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoReader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The protobuf message of a key, public or private: `{Type = 1, Data = 2}`, always in that order
/// and with nothing else, so that a key has one encoding. Source: libp2p/specs, peer-ids, "Keys".
///
/// @param type of the key
/// @param data the key in the form of its type; read-only
public record KeyMessage(KeyType type, ByteBuffer data) {
    public KeyMessage {
        data = data.asReadOnlyBuffer();
    }

    /// A message of its parts. The bytes are copied.
    public static KeyMessage of(KeyType type, byte[] data) {
        return new KeyMessage(type, ByteBuffer.wrap(data.clone()));
    }

    /// Reads the message.
    ///
    /// @param what the name that errors give to the key
    /// @throws MalformedException when it is longer than `maxBytes`, or isn't one message with a
    ///   known type and data in its only form
    public static KeyMessage decode(String what, byte[] encoded, int maxBytes)
            throws MalformedException {
        if (encoded.length > maxBytes)
            throw new MalformedException(
                    what + " of " + encoded.length + " bytes; at most " + maxBytes);
        var in = new ProtoReader(what, ByteBuffer.wrap(encoded));
        KeyType type = null;
        byte[] data = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> type = type(what, in.number("Type"));
                case 2 -> data = in.copy("Data");
                default -> throw new MalformedException(what + ": no field " + field);
            }
        }
        if (type == null || data == null)
            throw new MalformedException(what + ": Type or Data is missing");
        KeyMessage message = new KeyMessage(type, ByteBuffer.wrap(data));
        if (!Arrays.equals(message.encode(), encoded))
            throw new MalformedException(what + ": not in its only form");
        return message;
    }

    private static KeyType type(String what, long code) throws MalformedException {
        return KeyType.of(code)
                .orElseThrow(() -> new MalformedException(what + ": no key type " + code));
    }

    /// A copy of the data.
    public byte[] bytes() {
        byte[] copy = new byte[data.remaining()];
        data.get(data.position(), copy);
        return copy;
    }

    /// The message.
    public byte[] encode() {
        return new ProtoMessage().number(1, type.code()).bytes(2, bytes()).encode();
    }
}
