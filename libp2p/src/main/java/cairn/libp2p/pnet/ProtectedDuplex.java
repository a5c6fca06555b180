package cairn.libp2p.pnet;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Messages;
import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// A duplex through XSalsa20. Each way begins with a nonce of 24 bytes, sent before the first bytes
/// that are written, and all that follows is one stream of the cipher.
///
/// What reads is the reader's alone, and what writes the writer's.
final class ProtectedDuplex implements Duplex {
    private static final int NONCE_BYTES = 24;

    /// How much is enciphered at a time. A write of this size or less is one write below.
    private static final int CHUNK_BYTES = 64 << 10;

    private static final byte[] NONE = {};

    private final Duplex connection;
    private final KeyParameter key;
    private XSalsa20Engine reading; // the reader's; null before the first read
    private XSalsa20Engine writing; // the writer's; null before the first write
    private byte[] chunk = NONE; // the writer's

    ProtectedDuplex(Duplex connection, byte[] key) {
        this.connection = connection;
        this.key = new KeyParameter(key);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (reading == null) {
            byte[] nonce = new byte[NONCE_BYTES];
            Messages.readFully(connection, nonce, 0, NONCE_BYTES);
            reading = cipher(nonce);
        }
        int n = connection.read(target, offset, length);
        if (n > 0) reading.processBytes(target, offset, n, target, offset);
        return n;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        int used = 0;
        if (writing == null) {
            byte[] nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            writing = cipher(nonce);
            reserve(NONCE_BYTES + length);
            System.arraycopy(nonce, 0, chunk, 0, NONCE_BYTES);
            used = NONCE_BYTES;
        }
        do {
            reserve(length - done);
            int n = Math.min(length - done, chunk.length - used);
            writing.processBytes(source, offset + done, n, chunk, used);
            connection.write(chunk, 0, used + n);
            done += n;
            used = 0;
        } while (done < length);
    }

    private void reserve(int bytes) {
        int wanted = Math.min(bytes, CHUNK_BYTES);
        if (chunk.length < wanted) chunk = new byte[wanted];
    }

    private XSalsa20Engine cipher(byte[] nonce) {
        var cipher = new XSalsa20Engine();
        cipher.init(true, new ParametersWithIV(key, nonce));
        return cipher;
    }

    @Override
    public boolean isHeld() {
        return connection.isHeld();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
