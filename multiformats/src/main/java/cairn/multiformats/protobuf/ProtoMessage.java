package cairn.multiformats.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A protobuf message in the making: fields in the order they are added. For the short messages of
/// peers; blocks, whose size is known beforehand, are written with [ProtoWriter].
public final class ProtoMessage {
    /// The longest varint.
    private static final int VARINT_BYTES = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// Adds a varint field.
    public ProtoMessage number(int field, long value) {
        tag(field, ProtoReader.VARINT);
        varint(value);
        return this;
    }

    /// Adds a field of bytes.
    public ProtoMessage bytes(int field, byte[] value) {
        tag(field, ProtoReader.BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /// Adds a field of text, in UTF-8.
    public ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds a field that is a message.
    public ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.encode());
    }

    /// The message's bytes.
    public byte[] encode() {
        return out.toByteArray();
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(VARINT_BYTES);
        ProtoWriter.putVarint(value, bytes);
        out.write(bytes.array(), 0, bytes.position());
    }
}
