package cairn.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// The first message of a TLS 1.3 handshake over QUIC, by hand. Source: RFC 8446, 4.1.2; RFC 9001,
/// 8.2.
final class ClientHello {
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;
    private static final int TRANSPORT_PARAMETERS = 57;

    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;
    private static final int AES_128_GCM_SHA256 = 0x1301;
    private static final int X25519 = 0x001d;
    private static final int ECDSA_P256_SHA256 = 0x0403;
    private static final int X25519_BYTES = 32;

    private ClientHello() {}

    /// A message that asks for an application protocol. Nobody has the key that belongs to its
    /// share: the handshake can't be finished.
    ///
    /// @param connectionId the source id of the packets
    static byte[] asking(String protocol, byte[] connectionId, RandomGenerator random) {
        byte[] name = protocol.getBytes(StandardCharsets.US_ASCII);
        var extensions = new Bytes();
        extensions.extension(SUPPORTED_VERSIONS, new Bytes().one(2).two(TLS_1_3));
        extensions.extension(SUPPORTED_GROUPS, new Bytes().two(2).two(X25519));
        extensions.extension(SIGNATURE_ALGORITHMS, new Bytes().two(2).two(ECDSA_P256_SHA256));
        extensions.extension(
                KEY_SHARE,
                new Bytes().two(4 + X25519_BYTES).two(X25519).two(X25519_BYTES).all(share(random)));
        extensions.extension(ALPN, new Bytes().two(name.length + 1).one(name.length).all(name));
        extensions.extension(
                TRANSPORT_PARAMETERS,
                new Bytes().one(0x0f).one(connectionId.length).all(connectionId));
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        Bytes body =
                new Bytes()
                        .two(TLS_1_2)
                        .all(nonce)
                        .one(0) // no session
                        .two(2)
                        .two(AES_128_GCM_SHA256)
                        .one(1)
                        .one(0) // no compression
                        .two(extensions.size())
                        .all(extensions.toBytes());
        return new Bytes().one(1).one(0).two(body.size()).all(body.toBytes()).toBytes();
    }

    private static byte[] share(RandomGenerator random) {
        byte[] share = new byte[X25519_BYTES];
        random.nextBytes(share);
        return share;
    }

    /// Bytes that are put one behind the other, numbers big-endian.
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes one(int value) {
            out.write(value);
            return this;
        }

        Bytes two(int value) {
            return one(value >>> 8).one(value);
        }

        Bytes all(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        void extension(int type, Bytes content) {
            two(type).two(content.size()).all(content.toBytes());
        }

        int size() {
            return out.size();
        }

        byte[] toBytes() {
            return out.toByteArray();
        }
    }
}
