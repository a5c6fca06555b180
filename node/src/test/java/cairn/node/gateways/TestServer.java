package cairn.node.gateways;

import cairn.multiformats.Block;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP server on loopback that answers as it is told to.
public final class TestServer implements Closeable {
    /// What it does with one request.
    @FunctionalInterface
    public interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger now = new AtomicInteger();

    /// All that was asked, such as `GET /ipfs/...?format=raw`.
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /// How many requests were answered at once, at the most.
    public final AtomicInteger most = new AtomicInteger();

    public volatile Handler handler = this::giveFile;

    public TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try (exchange) {
            handler.handle(exchange);
        } finally {
            now.decrementAndGet();
        }
    }

    /// Has a file.
    public void put(String path, byte[] bytes) {
        files.put(path, bytes);
    }

    /// A file that it has.
    public byte[] file(String path) {
        return files.get(path);
    }

    /// Has a block as gateways have it.
    public void put(Block block) {
        put("/ipfs/" + block.cid(), block.bytes());
    }

    /// Answers as a plain server of files does.
    public void giveFile(HttpExchange exchange) throws IOException {
        byte[] file = files.get(exchange.getRequestURI().getPath());
        if (file == null) answer(exchange, 404, new byte[0]);
        else answer(exchange, 200, file);
    }

    public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) exchange.getResponseBody().write(body);
    }

    /// Says where to look.
    public static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        answer(exchange, 302, new byte[0]);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
