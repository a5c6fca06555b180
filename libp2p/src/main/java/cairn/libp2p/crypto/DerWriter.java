package cairn.libp2p.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/// Writes DER values. Source: ITU-T X.690, 8 and 10.
public final class DerWriter {
    private DerWriter() {}

    /// A value: its tag, its length, and its content in parts.
    public static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) length += part.length;
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >>> Byte.SIZE);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }

    static byte[] number(BigInteger number) {
        return value(DerReader.INTEGER, number.toByteArray());
    }
}
