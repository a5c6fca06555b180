package cairn.libp2p.tls;

import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;

/// Reads and writes values of ASN.1 in DER, as far as a [SignedKey] needs it: a tag of one byte, a
/// length of at most [#MAX_BYTES]. Source: ITU-T X.690, 8.1 and 10.1.
final class Der {
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;

    /// The longest value: what two bytes of length can say, many times what is needed.
    static final int MAX_BYTES = 0xffff;

    private final ByteBuffer in;

    Der(ByteBuffer in) {
        this.in = in;
    }

    /// The contents of the next value, which has this tag: a view.
    ByteBuffer next(int tag) throws MalformedException {
        int found = octet();
        if (found != tag)
            throw new MalformedException("DER: tag " + found + " in the place of " + tag);
        int length = octet();
        if (length >= 0x80) {
            int octets = length & 0x7f;
            if (octets < 1 || octets > 2)
                throw new MalformedException("DER: a length of " + octets + " bytes");
            length = 0;
            for (int i = 0; i < octets; i++) length = length << 8 | octet();
            if (length < (octets == 1 ? 0x80 : 0x100))
                throw new MalformedException("DER: a length is not in its shortest form");
        }
        if (length > in.remaining()) throw new MalformedException("DER: a value is cut short");
        ByteBuffer contents = in.slice(in.position(), length);
        in.position(in.position() + length);
        return contents;
    }

    /// Makes sure that nothing follows.
    void end() throws MalformedException {
        if (in.hasRemaining())
            throw new MalformedException("DER: " + in.remaining() + " bytes too many");
    }

    private int octet() throws MalformedException {
        if (!in.hasRemaining()) throw new MalformedException("DER: a value is cut short");
        return Byte.toUnsignedInt(in.get());
    }

    /// A value of a tag and its contents, one after the other.
    static byte[] wrap(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] part : contents) length += part.length;
        if (length > MAX_BYTES) throw new IllegalArgumentException("DER of " + length + " bytes");
        int octets = length < 0x80 ? 0 : length < 0x100 ? 1 : 2;
        ByteBuffer out = ByteBuffer.allocate(2 + octets + length).put((byte) tag);
        if (octets == 0) out.put((byte) length);
        else out.put((byte) (0x80 | octets));
        if (octets == 2) out.put((byte) (length >>> 8));
        if (octets > 0) out.put((byte) length);
        for (byte[] part : contents) out.put(part);
        return out.array();
    }
}
