package cairn.libp2p.dns;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server on loopback: UDP and TCP on one port, and HTTPS without the S on another. Its zone
/// is lines of a zone file; what it answers can be spoilt on the way.
final class LoopbackDns implements Closeable {
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final HttpServer http;
    private final List<Record> zone = new ArrayList<>();
    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger overTcp = new AtomicInteger();
    private volatile UnaryOperator<byte[]> spoil = answer -> answer;

    LoopbackDns() throws IOException {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        udp = new DatagramSocket(0, here);
        tcp = new ServerSocket(udp.getLocalPort(), 50, here);
        http = HttpServer.create(new InetSocketAddress(here, 0), 0);
        http.createContext(
                "/dns-query",
                exchange -> {
                    byte[] answer = answer(exchange.getRequestBody().readAllBytes());
                    exchange.getResponseHeaders().set("Content-Type", "application/dns-message");
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        http.start();
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    /// Adds records, each as `NAME TTL TYPE DATA`.
    LoopbackDns with(String... records) throws IOException {
        for (String record : records) {
            String[] parts = record.split(" ", 4);
            zone.add(
                    Record.fromString(
                            Name.fromString(parts[0], Name.root),
                            Type.value(parts[2]),
                            DClass.IN,
                            Long.parseLong(parts[1]),
                            parts[3],
                            Name.root));
        }
        return this;
    }

    void spoil(UnaryOperator<byte[]> change) {
        spoil = change;
    }

    NameServer.Udp server() {
        return new NameServer.Udp((InetSocketAddress) udp.getLocalSocketAddress());
    }

    NameServer.Https https() {
        return new NameServer.Https(
                URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/dns-query"));
    }

    private void serveUdp() {
        try {
            byte[] buffer = new byte[4096];
            while (true) {
                var packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                if (answer.length > 512) {
                    answer = Arrays.copyOf(answer, 512);
                    answer[2] |= 2;
                }
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (SocketException e) {
            assert udp.isClosed();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                overTcp.incrementAndGet();
                var in = new DataInputStream(socket.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer = answer(query);
                socket.getOutputStream()
                        .write(new byte[] {(byte) (answer.length >> 8), (byte) answer.length});
                socket.getOutputStream().write(answer);
            } catch (IOException e) {
                assert tcp.isClosed();
            }
        }
    }

    private byte[] answer(byte[] bytes) throws IOException {
        questions.incrementAndGet();
        Message query = new Message(bytes);
        Record question = query.getQuestion();
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        boolean known = false;
        for (Record record : zone) {
            if (!record.getName().equals(question.getName())) continue;
            known = true;
            if (record.getType() == question.getType() || record.getType() == Type.CNAME)
                answer.addRecord(record, Section.ANSWER);
            if (record.getType() == Type.CNAME)
                for (Record target : zone)
                    if (target.getType() == question.getType())
                        answer.addRecord(target, Section.ANSWER);
        }
        if (!known) answer.getHeader().setRcode(Rcode.NXDOMAIN);
        return spoil.apply(answer.toWire());
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        http.stop(0);
    }
}
