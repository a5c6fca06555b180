package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.rpc.Daemon;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `bitswap stat` tells of sources over HTTP.
final class BitswapStatCommandTest {
    private static final String HELLO =
            "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";

    @TempDir Path folder;
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/ipfs/" + HELLO,
                exchange -> {
                    byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, hello.length);
                    exchange.getResponseBody().write(hello);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sources_over_http_are_told_with_what_they_gave() throws Exception {
        Path repo = Daemons.repo(folder.resolve("one"));
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        String sources = "[\"" + url + "\"]";
        assertThat(Called.with(repo, "config", "--json", "HTTPRetrieval.Sources", sources).err())
                .isEmpty();
        try (Daemon _ = Daemons.open(repo)) {
            assertThat(Called.with(repo, "cat", HELLO).out()).isEqualTo("hello");
            assertThat(Called.with(repo, "bitswap", "stat").out())
                    .endsWith(
                            "\tpartners [0]\n\thttp sources [1]\n\t\t"
                                    + url
                                    + ": blocks received 1, data received 5\n");
            assertThat(Called.with(repo, "bitswap", "stat", "--enc=json").out())
                    .contains(
                            "\"Sources\":[{\"Name\":\""
                                    + url
                                    + "\",\"BlocksReceived\":1,\"DataReceived\":5,"
                                    + "\"DataPassedOver\":0,\"Banned\":false}]");
        }
    }

    @Test
    void nothing_is_told_where_there_are_no_sources() throws Exception {
        Path repo = Daemons.repo(folder.resolve("two"));
        try (Daemon _ = Daemons.open(repo)) {
            assertThat(Called.with(repo, "bitswap", "stat").out()).endsWith("\tpartners [0]\n");
        }
    }
}
