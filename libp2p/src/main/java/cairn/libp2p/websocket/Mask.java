package cairn.libp2p.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A mask hides what a client sends from proxies that would take it for HTTP: each byte XOR one of
/// the key's four, in turn (RFC 6455, 5.3). Masking again unmasks.
final class Mask {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Mask() {}

    /// Masks bytes in place, eight a step.
    ///
    /// @param position the place of the first byte within the payload
    static void apply(int key, long position, byte[] bytes, int offset, int length) {
        // The key, turned so that its first byte belongs to the first of these bytes.
        int turned = Integer.rotateLeft(key, 8 * (int) (position & 3));
        long twice = (long) turned << 32 | Integer.toUnsignedLong(turned);
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES)
            LONGS.set(bytes, offset + i, (long) LONGS.get(bytes, offset + i) ^ twice);
        for (; i < length; i++) bytes[offset + i] ^= (byte) (turned >>> (24 - 8 * (i & 3)));
    }
}
