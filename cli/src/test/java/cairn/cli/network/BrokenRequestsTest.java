package cairn.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.rpc.server.RpcServer;
import cairn.rpc.server.ServerOptions;
import java.net.InetAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a daemon prints of clients that break off: nothing.
final class BrokenRequestsTest {
    private final CountDownLatch answered = new CountDownLatch(1);

    @Test
    void bodies_that_are_broken_off_leave_the_log_as_it_is() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (RpcServer server =
                RpcServer.open(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        ServerOptions.local("test"),
                        () -> Map.of("call", (request, reply) -> answered.countDown()))) {
            for (int i = 0; i < 20; i++) breakOff((InetSocketAddress) server.address());
            post((InetSocketAddress) server.address(), "Content-Length: 0\r\n\r\n");
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static void breakOff(InetSocketAddress address) throws IOException {
        post(address, "Transfer-Encoding: chunked\r\n\r\n100\r\nabc");
    }

    /// Sends a request, and waits until the server has closed its end.
    private static void post(InetSocketAddress address, String rest) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            String head = "POST /api/v0/call HTTP/1.1\r\nHost: localhost\r\n" + rest;
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            if (rest.contains("chunked")) socket.shutdownOutput();
            var unusedRest = socket.getInputStream().readAllBytes();
        }
    }
}
