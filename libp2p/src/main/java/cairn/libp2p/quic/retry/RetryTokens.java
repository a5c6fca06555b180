package cairn.libp2p.quic.retry;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The tokens of stateless retry: while many strangers knock, a socket answers the first packet of
/// each with a token and forgets it, and goes on only with who sends the token back, which proves
/// that it gets packets at the address it writes. Source: RFC 9000, 8.1.2.
///
/// A token is a MAC, the time, and the connection id that the first packet was for. Owned by the
/// socket's event loop.
public final class RetryTokens implements QuicTokenHandler {
    /// How long a token is good for: a round trip of any path.
    static final Duration LIFETIME = Duration.ofSeconds(10);

    private static final int MAC_BYTES = 16;
    private static final int ID_AT = MAC_BYTES + Long.BYTES;
    private static final int MAX_ID_BYTES = 20;

    private final Mac mac;
    private final InstantSource clock;
    private final BooleanSupplier needed;

    /// @param needed whether to ask for a token now
    public RetryTokens(InstantSource clock, BooleanSupplier needed) {
        this.clock = clock;
        this.needed = needed;
        try {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf firstId, InetSocketAddress address) {
        if (!needed.getAsBoolean()) return false;
        write(out, firstId, address);
        return true;
    }

    /// Writes a token, whether or not there is need.
    ///
    /// @param firstId what a client's first packet was for
    void write(ByteBuf out, ByteBuf firstId, InetSocketAddress address) {
        byte[] id = new byte[firstId.readableBytes()];
        firstId.getBytes(firstId.readerIndex(), id);
        long now = clock.millis();
        out.writeBytes(sign(now, id, address), 0, MAC_BYTES).writeLong(now).writeBytes(id);
    }

    @Override
    public int validateToken(ByteBuf token, InetSocketAddress address) {
        int size = token.readableBytes();
        if (size < ID_AT || size > maxTokenLength()) return -1;
        byte[] bytes = new byte[size];
        token.getBytes(token.readerIndex(), bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] signature = new byte[MAC_BYTES];
        in.get(signature);
        long made = in.getLong();
        byte[] id = new byte[in.remaining()];
        in.get(id);
        byte[] right = new byte[MAC_BYTES];
        System.arraycopy(sign(made, id, address), 0, right, 0, MAC_BYTES);
        if (!MessageDigest.isEqual(signature, right)) return -1;
        long age = clock.millis() - made;
        return age < 0 || age > LIFETIME.toMillis() ? -1 : ID_AT;
    }

    private byte[] sign(long time, byte[] id, InetSocketAddress address) {
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, time));
        mac.update((byte) id.length);
        mac.update(id);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, address.getPort()));
        return mac.doFinal(address.getAddress().getAddress());
    }

    @Override
    public int maxTokenLength() {
        return ID_AT + MAX_ID_BYTES;
    }
}
