package cairn.testkit.hostile;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Attacks on QUIC below its streams, by datagrams that are made by hand.
public final class QuicAttacks {
    private static final int ID_BYTES = 16;

    private QuicAttacks() {}

    /// Begins so many handshakes, and goes on with none.
    public static Attack hangingHandshakes(int count) {
        return begins(count, "libp2p", Integer.MAX_VALUE);
    }

    /// Begins so many handshakes with a message of which only the beginning comes.
    public static Attack halfHellos(int count) {
        return begins(count, "libp2p", 100);
    }

    /// Asks for an application protocol that the host doesn't speak.
    public static Attack wrongProtocol(int count) {
        return begins(count, "h3", Integer.MAX_VALUE);
    }

    private static Attack begins(int count, String protocol, int most) {
        return attacker -> {
            Random random = new Random(count);
            Datagrams datagrams = attacker.hold(Datagrams.to(attacker));
            for (int i = 0; i < count; i++) {
                byte[] destination = id(random);
                byte[] source = id(random);
                byte[] hello = ClientHello.asking(protocol, source, random);
                byte[] begun = Arrays.copyOf(hello, Math.min(hello.length, most));
                datagrams.send(InitialPacket.of(destination, source, begun));
            }
        };
    }

    private static byte[] id(RandomGenerator random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return id;
    }

    /// Sends so many datagrams of any bytes: some look like packets, of versions that there aren't,
    /// of connections that there aren't, with ids that are too long.
    public static Attack garbageDatagrams(int count, long seed) {
        return attacker -> {
            Random random = new Random(seed);
            Datagrams datagrams = attacker.hold(Datagrams.to(attacker));
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[random.nextInt(1, 1400)];
                random.nextBytes(bytes);
                if (bytes.length > 5 && random.nextBoolean()) {
                    Arrays.fill(bytes, 1, 4, (byte) 0);
                    bytes[4] = 1;
                }
                datagrams.send(bytes);
            }
        };
    }

    /// Begins handshakes with messages that are none.
    public static Attack garbageHellos(int count, long seed) {
        return attacker -> {
            Random random = new Random(seed);
            Datagrams datagrams = attacker.hold(Datagrams.to(attacker));
            for (int i = 0; i < count; i++) {
                byte[] message = new byte[random.nextInt(1, 1000)];
                random.nextBytes(message);
                message[0] = 1;
                datagrams.send(InitialPacket.of(id(random), id(random), message));
            }
        };
    }

    /// A UDP socket that sends to one address.
    private record Datagrams(DatagramChannel channel, InetSocketAddress to) implements Closeable {
        static Datagrams to(Attacker attacker) throws IOException {
            return new Datagrams(DatagramChannel.open(), Wire.endpoint(attacker.target().quic()));
        }

        void send(byte[] datagram) throws IOException {
            channel.send(ByteBuffer.wrap(datagram), to);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
