package cairn.rpc.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server of the control API: `POST /api/v0/PATH` reaches the endpoint of the path.
///
/// Everything that a client can make grow is bounded: the head of a request, a body that no one
/// reads, the time that both may take, the connections, the time that one may be silent. A body
/// that an endpoint reads may be of any length, as the endpoint holds no more of it than it needs.
public final class RpcServer implements Closeable {
    /// The path under which all endpoints are.
    public static final String ROOT = "/api/v0/";

    /// The query of a request holds its arguments: some thousand CIDs.
    private static final int MAX_HEAD_BYTES = 256 << 10;

    /// What a client sends to an endpoint that reads no body is passed over up to this much.
    private static final int MAX_BODY_BYTES = 1 << 20;

    /// Acceptor, selector and a few that take in requests: the endpoints run on virtual threads.
    private static final int MAX_THREADS = 8;

    private static final int MIN_THREADS = 2;

    /// How long a connection may be silent while nothing is worked on for it.
    private static final Duration IDLE_TIME = Duration.ofMinutes(1);

    /// How long what a client still sends is passed over once it was answered, for it to read the
    /// answer before the connection ends.
    private static final Duration LINGER_TIME = Duration.ofSeconds(1);

    /// The most that is passed over then.
    private static final int MAX_LINGER_BYTES = 64 << 20;

    /// The most connections at once: each is one command that runs, and has a descriptor and a
    /// buffer. Those beyond wait until one ends.
    static final int MAX_CONNECTIONS = 128;

    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

    private final Supplier<Map<String, Endpoint>> endpoints;
    private final ServerOptions options;
    private final Gate gate;
    private final Javalin http;
    private final Door door;
    private final CompletableFuture<RequestDeadline> deadline = new CompletableFuture<>();

    private RpcServer(Door door, ServerOptions options, Supplier<Map<String, Endpoint>> endpoints)
            throws IOException {
        this.endpoints = endpoints;
        this.options = options;
        this.gate = new Gate(options.callers(), door.isOwners());
        this.door = door;
        boolean started = false;
        try {
            http = Javalin.create(config -> configure(config, door)).start();
            door.opened();
            started = true;
        } finally {
            if (!started) door.close();
        }
    }

    /// Opens a server. Where a port is taken, it takes one of those behind it; a unix socket is its
    /// owner's alone.
    ///
    /// @param address an IP address and a port of TCP, or a path of a unix socket
    /// @param endpoints gives them by their paths, such as `swarm/peers`; it may wait until they
    ///   are there
    /// @throws IOException when it can't listen
    public static RpcServer open(
            SocketAddress address, ServerOptions options, Supplier<Map<String, Endpoint>> endpoints)
            throws IOException {
        return new RpcServer(door(address), options, endpoints);
    }

    private static Door door(SocketAddress address) throws IOException {
        return switch (address) {
            case InetSocketAddress port -> new TcpDoor(port);
            case UnixDomainSocketAddress file -> new UnixDoor(file);
            default -> throw new IOException("can't listen at " + address);
        };
    }

    private void configure(JavalinConfig config, Door door) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("rpc");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("rpc-"));
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> server.setErrorHandler(new PlainErrors()));
        config.jetty.addConnector((server, base) -> connector(server, base, door));
        Handler dispatch = this::dispatch;
        String all = "/*";
        config.routes.get(all, dispatch).post(all, dispatch).put(all, dispatch);
        config.routes.delete(all, dispatch).patch(all, dispatch).head(all, dispatch);
        config.routes.options(all, dispatch);
    }

    private Connector connector(Server server, HttpConfiguration base, Door door) {
        HttpConfiguration http = new HttpConfiguration(base);
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        http.setMaxUnconsumedRequestContentReads(MAX_BODY_BYTES / (16 << 10));
        try {
            Connector connector = door.connector(server, new HttpConnectionFactory(http));
            if (connector instanceof AbstractConnector taking) {
                taking.setIdleTimeout(IDLE_TIME.toMillis());
                taking.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, taking));
                deadline.complete(
                        new RequestDeadline(taking.getScheduler(), options.patience().request()));
                taking.addBean(deadline.join());
            }
            return connector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it listens.
    public SocketAddress address() {
        return door.address();
    }

    private void dispatch(Context ctx) throws IOException {
        HttpServletRequest request = ctx.req();
        deadline.join().met(connection(ctx));
        ctx.res().setHeader("Server", options.agent());
        ctx.res().setHeader("Connection", "close");
        Optional<String> refusal = gate.refusal(request);
        if (refusal.isPresent()) {
            Reply.plain(ctx.res(), 403, "403 - Forbidden: " + refusal.get());
            return;
        }
        gate.origin(request).ifPresent(origin -> Cors.allow(origin, ctx.res()));
        String path = request.getRequestURI();
        Endpoint endpoint =
                path.startsWith(ROOT) ? endpoints.get().get(path.substring(ROOT.length())) : null;
        if (endpoint == null) {
            Reply.plain(ctx.res(), 404, "404 page not found");
            return;
        }
        if (!request.getMethod().equals("POST")) {
            boolean asks = request.getMethod().equals("OPTIONS");
            ctx.res().setHeader("Allow", "OPTIONS, POST");
            Reply.plain(ctx.res(), asks ? 204 : 405, asks ? "" : "405 - Method Not Allowed");
            return;
        }
        answer(ctx, endpoint, path.substring(ROOT.length()));
    }

    private static EndPoint connection(Context ctx) {
        return ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    private void answer(Context ctx, Endpoint endpoint, String path) throws IOException {
        Reply reply = new Reply(ctx.res(), connection(ctx));
        try {
            String query = Objects.requireNonNullElse(ctx.req().getQueryString(), "");
            answer(ctx, endpoint, path, new Request(PercentText.parameters(query)), reply);
        } catch (RequestException e) {
            reply.refuse(e.getMessage());
        }
    }

    private void answer(Context ctx, Endpoint endpoint, String path, Request head, Reply reply)
            throws IOException {
        EndPoint connection = reply.connection();
        Endpoint.BodyUse use = hasBody(ctx.req()) ? endpoint.bodyUse(head) : Endpoint.BodyUse.NONE;
        try {
            if (use == Endpoint.BodyUse.NONE) passOver(ctx.req(), connection);
        } catch (RequestException e) {
            reply.refuse(e.getMessage());
            return;
        } catch (IOException | HttpException.RuntimeException e) {
            LOG.debug("{}: its body was broken off: {}", ctx.path(), e.getMessage());
            reply.cut();
            return;
        }
        // From here on the client may pause: someone reads its answer in a pager.
        connection.setIdleTimeout(0);
        try (ClientWatch watch = ClientWatch.start(connection, head.timeout())) {
            switch (use) {
                case NONE -> {
                    watch.listen();
                    answer(endpoint, path, head, reply, watch, () -> {});
                }
                case READ -> {
                    Body body = new Body(type(ctx), arriving(ctx, connection, watch));
                    Request request = new Request(head.parameters(), body);
                    answer(endpoint, path, request, reply, watch, () -> {});
                    linger(ctx, connection);
                }
                case AHEAD -> {
                    Body.Ahead ahead =
                            Body.Ahead.of(arriving(ctx, connection, watch), watch::clientGone);
                    Request request = new Request(head.parameters(), new Body(type(ctx), ahead));
                    answer(
                            endpoint,
                            path,
                            request,
                            reply,
                            watch,
                            () -> {
                                flush(ctx);
                                ahead.finish(LINGER_TIME);
                            });
                }
            }
        }
    }

    private static String type(Context ctx) {
        return Objects.requireNonNullElse(ctx.req().getContentType(), "");
    }

    private Body.Arriving arriving(Context ctx, EndPoint connection, ClientWatch watch)
            throws IOException {
        return new Body.Arriving(
                ctx.req().getInputStream(), connection, options.patience().body(), watch::listen);
    }

    /// @param worked is called once the endpoint has ended, before a failure is told
    private void answer(
            Endpoint endpoint,
            String path,
            Request request,
            Reply reply,
            ClientWatch watch,
            Runnable worked)
            throws IOException {
        Optional<Throwable> failure;
        try {
            failure = logged(endpoint, path, request, reply);
        } catch (RequestException e) {
            failure = Optional.of(e);
        } finally {
            worked.run();
        }
        if (failure.isPresent()) tell(failure.get(), watch, request, reply, path);
    }

    /// Sends what an answer has so far, if it has begun to be sent.
    private static void flush(Context ctx) {
        try {
            if (ctx.res().isCommitted()) ctx.res().flushBuffer();
        } catch (IOException e) {
            LOG.debug("{}: its client has gone: {}", ctx.path(), e.getMessage());
        }
    }

    /// Passes over what an endpoint left of a body. Where a connection ends with bytes unread, the
    /// client may lose the answer.
    private static void linger(Context ctx, EndPoint connection) {
        connection.setIdleTimeout(LINGER_TIME.toMillis());
        long end = System.nanoTime() + LINGER_TIME.toNanos();
        byte[] buffer = new byte[64 << 10];
        int all = 0;
        try {
            ctx.res().flushBuffer();
            while (all < MAX_LINGER_BYTES && System.nanoTime() < end) {
                int read = ctx.req().getInputStream().read(buffer);
                if (read < 0) return;
                all += read;
            }
        } catch (IOException | HttpException.RuntimeException e) {
            LOG.debug("{}: its body was broken off: {}", ctx.path(), e.getMessage());
        }
    }

    /// One without a length comes in chunks, or there is none.
    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private Optional<Throwable> logged(Endpoint endpoint, String path, Request request, Reply reply)
            throws RequestException {
        long id = options.log().begin(path, request);
        try {
            return failure(endpoint, request, reply);
        } finally {
            options.log().end(id);
        }
    }

    /// Lets an endpoint answer.
    ///
    /// @return what it threw
    private static Optional<Throwable> failure(Endpoint endpoint, Request request, Reply reply) {
        FutureTask<Reply> work =
                new FutureTask<>(
                        () -> {
                            endpoint.answer(request, reply);
                            return reply;
                        });
        work.run();
        return work.state() == Future.State.FAILED
                ? Optional.of(work.exceptionNow())
                : Optional.empty();
    }

    private static void tell(
            Throwable failure, ClientWatch watch, Request request, Reply reply, String path)
            throws IOException {
        boolean wasInterrupted = Thread.interrupted();
        if (watch.isGone()) {
            LOG.debug("the client of {} has gone", path);
            reply.cut();
            return;
        }
        switch (failure) {
            case RequestException e -> reply.refuse(e.getMessage());
            case IOException e -> {
                boolean late =
                        watch.isLate() && (wasInterrupted || e instanceof InterruptedIOException);
                String message =
                        late
                                ? "timed out after " + request.text("timeout").orElse("")
                                : Objects.requireNonNullElse(e.getMessage(), e.toString());
                reply.fail(500, 0, message);
            }
            default -> {
                LOG.warn("{} failed unexpectedly: {}", path, failure.toString());
                LOG.debug("{} failed unexpectedly", path, failure);
                reply.fail(500, 0, "an error in Cairn itself: " + failure);
            }
        }
    }

    /// Reads what there is of a body, so that nothing but the end can follow.
    private void passOver(HttpServletRequest request, EndPoint connection) throws IOException {
        if (!hasBody(request)) return;
        connection.setIdleTimeout(IDLE_TIME.toMillis());
        deadline.join().begin(connection);
        byte[] buffer = new byte[8 << 10];
        int all = 0;
        for (int n = 0; n >= 0; n = request.getInputStream().read(buffer)) {
            all += n;
            if (all > MAX_BODY_BYTES) throw new RequestException("the request's body is too large");
        }
        deadline.join().met(connection);
    }

    /// Ends it: no more requests are taken, and those that are answered are broken off.
    @Override
    public void close() throws IOException {
        http.stop();
        door.close();
    }
}
