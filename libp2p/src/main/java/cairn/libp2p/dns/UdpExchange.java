package cairn.libp2p.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/// Plain DNS: a datagram from a fresh port of the kernel's choice, so that an answer is hard to
/// forge; once more where none comes; over TCP where the answer says that it was cut short.
/// Sources: RFC 1035, 4.2; RFC 7766.
record UdpExchange(InetSocketAddress address) implements Exchange {
    private static final int ATTEMPTS = 2;

    /// Where an answer is too short to have it, it is not an answer.
    private static final int HEADER_BYTES = 12;

    /// In the third byte: the answer was cut short.
    private static final int TRUNCATED = 0x02;

    /// Answers to other questions that are passed over before the server is given up on.
    private static final int MAX_STRAYS = 100;

    @Override
    public String server() {
        return "udp:" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public byte[] ask(byte[] query, Duration timeout) throws IOException {
        SocketTimeoutException silent = null;
        Duration each = timeout.dividedBy(ATTEMPTS);
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                byte[] answer = datagram(query, each);
                return (answer[2] & TRUNCATED) == 0 ? answer : stream(query, each);
            } catch (SocketTimeoutException e) {
                silent = e;
            }
        }
        throw new UnresolvedException(server() + " doesn't answer", silent);
    }

    private byte[] datagram(byte[] query, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        try (var socket = new DatagramSocket()) {
            // Connected: the kernel drops what others send.
            socket.connect(address);
            socket.send(new DatagramPacket(query, query.length));
            byte[] buffer = new byte[MAX_ANSWER_BYTES];
            for (int i = 0; i < MAX_STRAYS; i++) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) break;
                socket.setSoTimeout((int) left);
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                int length = packet.getLength();
                if (length >= HEADER_BYTES && buffer[0] == query[0] && buffer[1] == query[1])
                    return Arrays.copyOf(buffer, length);
            }
            throw new SocketTimeoutException(server());
        }
    }

    private byte[] stream(byte[] query, Duration timeout) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        try (var socket = new Socket()) {
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            OutputStream out = socket.getOutputStream();
            byte[] framed = new byte[2 + query.length];
            ByteBuffer.wrap(framed).putShort((short) query.length).put(query);
            out.write(framed);
            var in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return answer;
        }
    }
}
