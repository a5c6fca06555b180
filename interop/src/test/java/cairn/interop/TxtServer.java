package cairn.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A name server on loopback that knows TXT records and nothing else. Source: RFC 1035, section 4.
final class TxtServer implements AutoCloseable {
    private static final int HEADER_BYTES = 12;
    private static final int MAX_QUESTION_BYTES = 512;
    private static final int TXT = 16;
    private static final int INTERNET = 1;

    /// A response, authoritative, to a recursive question.
    private static final int NO_ERROR = 0x8580;

    private static final int NO_SUCH_NAME = 0x8583;
    private static final int NAME_OF_QUESTION = 0xc000 | HEADER_BYTES;

    private final DatagramSocket socket;
    private final Map<String, List<String>> records;

    /// @param records texts by name, in lower case
    TxtServer(Map<String, List<String>> records) throws IOException {
        this.records = Map.copyOf(records);
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /// Its host and port.
    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        byte[] buffer = new byte[MAX_QUESTION_BYTES];
        boolean open = true;
        while (open) open = serveOne(buffer);
    }

    /// @return false once the socket is closed
    private boolean serveOne(byte[] buffer) {
        try {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
            socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            return true;
        } catch (IOException e) {
            // Who asked otherwise gets no answer, and asks again.
            return !socket.isClosed();
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER_BYTES;
        while (question[at] != 0) {
            if (!name.isEmpty()) name.append('.');
            name.append(new String(question, at + 1, question[at], US_ASCII));
            at += 1 + question[at];
        }
        int type = question[at + 2];
        int end = at + 5;
        List<String> texts = records.get(name.toString().toLowerCase(Locale.ROOT));
        List<String> found = texts == null || type != TXT ? List.of() : texts;

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(texts == null ? NO_SUCH_NAME : NO_ERROR);
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(question, HEADER_BYTES, end - HEADER_BYTES);
        for (String text : found) {
            out.writeShort(NAME_OF_QUESTION);
            out.writeShort(TXT);
            out.writeShort(INTERNET);
            out.writeInt(0);
            out.writeShort(text.length() + 1);
            out.writeByte(text.length());
            out.write(text.getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
