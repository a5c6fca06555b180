package cairn.libp2p.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The connection ids that one socket gives out, so that it knows from a packet's alone which end
/// of a connection the packet is for: the first bit is set in those of connections that were
/// dialled here, and clear in those that came in.
///
/// Packets with a long header may have an id that the other end made up; for these it keeps the ids
/// of what is dialled, one each. Owned by the socket's event loop.
final class ConnectionIds implements QuicConnectionIdGenerator {
    /// Enough that none is guessed, and little in each packet.
    static final int LENGTH = 8;

    private static final int DIALLED = 0x80;

    /// Ids of connections that come in are made by this from the ids in the first packet, so that
    /// the same packet twice makes one connection.
    private final Mac mac;

    private final SecureRandom random = new SecureRandom();
    private final Set<Long> dialled = new HashSet<>();

    ConnectionIds() {
        try {
            byte[] key = new byte[32];
            random.nextBytes(key);
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    /// A new id for a connection that is dialled; any thread may ask.
    byte[] forDial() {
        byte[] id = new byte[LENGTH];
        random.nextBytes(id);
        id[0] |= (byte) DIALLED;
        return id;
    }

    void add(byte[] id) {
        dialled.add(ByteBuffer.wrap(id).getLong());
    }

    void remove(byte[] id) {
        dialled.remove(ByteBuffer.wrap(id).getLong());
    }

    /// Whether a short header's id, at an index of the packet, is one of a dialled connection.
    boolean shortIsDialled(ByteBuf packet, int at) {
        return (packet.getByte(at) & DIALLED) != 0;
    }

    /// Whether a long header's id is one of a dialled connection that lives.
    boolean longIsDialled(ByteBuf packet, int at, int length) {
        return length == LENGTH && dialled.contains(packet.getLong(at));
    }

    @Override
    public ByteBuffer newId(int length) {
        byte[] id = forDial();
        id[0] &= (byte) ~DIALLED;
        return ByteBuffer.wrap(id, 0, Math.min(length, LENGTH));
    }

    @Override
    public ByteBuffer newId(ByteBuffer input, int length) {
        // Further ids of a connection: nobody needs to make them again.
        return newId(length);
    }

    @Override
    public ByteBuffer newId(ByteBuffer source, ByteBuffer destination, int length) {
        mac.update((byte) source.remaining());
        mac.update(source.duplicate());
        mac.update(destination.duplicate());
        byte[] id = mac.doFinal();
        id[0] &= (byte) ~DIALLED;
        return ByteBuffer.wrap(id, 0, Math.min(length, LENGTH)).slice();
    }

    @Override
    public int maxConnectionIdLength() {
        return LENGTH;
    }

    @Override
    public boolean isIdempotent() {
        return true;
    }
}
