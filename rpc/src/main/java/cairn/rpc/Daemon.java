package cairn.rpc;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.transport.IpEndpoint;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.exchange.BlockService;
import cairn.node.network.Network;
import cairn.node.repo.ApiFile;
import cairn.node.repo.Config;
import cairn.node.repo.NetworkSettings;
import cairn.node.repo.RepoDirectory;
import cairn.node.repo.RepoException;
import cairn.node.repo.RepoLock;
import cairn.rpc.diag.DiagEndpoints;
import cairn.rpc.network.Exchanges;
import cairn.rpc.network.NetworkEndpoints;
import cairn.rpc.repo.RepoEndpoints;
import cairn.rpc.server.Callers;
import cairn.rpc.server.Endpoint;
import cairn.rpc.server.RequestLog;
import cairn.rpc.server.RpcServer;
import cairn.rpc.server.ServerOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/// A daemon is a repo's node while it runs: it has the lock of daemons, the store open for writing,
/// is on the network, trades blocks with peers, and serves the control API, whose address is in the
/// repo's file `api`.
///
/// All of it is set up by the thread that opens it; what came up is in `parts`, and goes down in
/// the opposite order.
public final class Daemon implements Closeable {
    private final DaemonOptions options;
    private final Deque<Closeable> parts = new ArrayDeque<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<RpcServer> servers = new ArrayList<>();
    private final RequestLog requests = new RequestLog(InstantSource.system());
    private Network network;
    private List<Multiaddr> wantedApis = List.of();
    private final List<SocketAddress> apiSockets = new ArrayList<>();
    private Callers callers = Callers.LOCAL;

    private Daemon(DaemonOptions options) {
        this.options = options;
    }

    /// Starts a daemon: all of it listens when this returns.
    ///
    /// @throws RepoException when the repo has a daemon already, or a setting can't be so
    public static Daemon open(DaemonOptions options) throws IOException {
        Daemon daemon = new Daemon(options);
        boolean open = false;
        try {
            daemon.start();
            open = true;
            return daemon;
        } finally {
            if (!open) daemon.close();
        }
    }

    private void start() throws IOException {
        RepoDirectory repo = new RepoDirectory(options.repo());
        options.node().create(options.repo());
        parts.push(RepoLock.takeForDaemon(options.repo(), options.node().purpose()));
        SigningKey identity =
                options.node()
                        .keys(options.repo())
                        .own()
                        .orElseThrow(() -> new RepoException("the repo has lost its identity"));
        ApiFile file = repo.apiFile();
        file.remove(); // a daemon that was killed left it
        Config config = Config.read(repo.configFile(), Config::check);
        wantedApis = NetworkSettings.of(config).api();
        callers = Callers.of(config);
        for (Multiaddr api : wantedApis) apiSockets.add(socket(api));

        // Each of these takes a while, so they come up side by side.
        CompletableFuture<Map<String, Endpoint>> endpoints = new CompletableFuture<>();
        FutureTask<List<RpcServer>> serving = new FutureTask<>(() -> serve(endpoints));
        FutureTask<CairnNode> opening =
                new FutureTask<>(() -> options.node().openExisting(options.repo(), Access.WRITE));
        Thread.ofPlatform().name("rpc-start").start(serving);
        Thread.ofPlatform().name("store-start").start(opening);
        try {
            CairnNode node;
            try {
                network = Network.open(repo, identity, options.agent(), options.forcePrivate());
                parts.push(network);
            } finally {
                node = result(opening);
                parts.push(node::close);
            }
            BlockService blocks = trade(node);
            parts.push(blocks);
            endpoints.complete(endpoints(network.host(), node, blocks));
        } finally {
            endpoints.complete(Map.of());
            servers.addAll(result(serving));
            servers.forEach(parts::push);
        }
        parts.push(file::remove);
        if (!servers.isEmpty()) file.write(apiAddresses().getFirst().toString());
    }

    private BlockService trade(CairnNode node) throws IOException {
        NetworkSettings settings = NetworkSettings.of(node.config());
        return BlockService.open(node, network.host(), (cid, found) -> {}, settings);
    }

    private List<RpcServer> serve(CompletableFuture<Map<String, Endpoint>> endpoints)
            throws IOException {
        ServerOptions serving = new ServerOptions(options.agent(), callers, requests);
        List<RpcServer> open = new ArrayList<>();
        boolean all = false;
        try {
            for (SocketAddress socket : apiSockets)
                open.add(RpcServer.open(socket, serving, endpoints::join));
            all = true;
            return open;
        } finally {
            if (!all) for (RpcServer server : open) server.close();
        }
    }

    private static <T> T result(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the daemon started");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) throw io;
            throw new IllegalStateException("the control API couldn't start", e.getCause());
        }
    }

    private Map<String, Endpoint> endpoints(Host host, CairnNode node, BlockService blocks) {
        Map<String, Endpoint> all =
                new HashMap<>(
                        NetworkEndpoints.of(
                                host,
                                options.agent(),
                                (key, value) ->
                                        options.node().configure(options.repo(), key, value)));
        all.putAll(RepoEndpoints.of(options.repo(), options.node()));
        all.putAll(Exchanges.endpoints(blocks.bitswap(), host.id(), blocks.sources()));
        all.putAll(
                options.commands()
                        .endpoints(
                                (offline, time) ->
                                        offline ? node.shared() : blocks.fetching(time)));
        all.putAll(DiagEndpoints.of(requests, Version.of(options)));
        all.put("version", (request, reply) -> reply.value(Version.of(options)));
        all.put("shutdown", (request, reply) -> asked.countDown());
        return all;
    }

    /// The socket of an API's address.
    private static SocketAddress socket(Multiaddr api) throws RepoException {
        Component first = api.components().getFirst();
        if (first.protocol() == AddressProtocol.UNIX)
            return UnixDomainSocketAddress.of(first.value());
        return IpEndpoint.of(api)
                .filter(e -> e.protocol() == AddressProtocol.TCP)
                .filter(e -> e.rest().components().isEmpty())
                .orElseThrow(
                        () ->
                                new RepoException(
                                        "the setting Addresses.API can't be "
                                                + api
                                                + "; it takes addresses such as"
                                                + " /ip4/127.0.0.1/tcp/5001 and"
                                                + " /unix/run/user/1000/cairn.sock"))
                .address();
    }

    /// Where the server of a setting's address listens, which may be at another port.
    private Multiaddr apiAddress(int i) {
        return servers.get(i).address() instanceof InetSocketAddress port
                ? IpEndpoint.multiaddr(port, AddressProtocol.TCP, Multiaddr.of())
                : wantedApis.get(i);
    }

    /// Whether the control API listens beyond this machine; then [#callers] says who gets in.
    public boolean isApiOpen() {
        return apiAddresses().stream()
                .flatMap(api -> IpEndpoint.of(api).stream())
                .anyMatch(e -> !e.address().getAddress().isLoopbackAddress());
    }

    /// Who may call the control API.
    public Callers callers() {
        return callers;
    }

    /// The node's part on the network.
    public Network network() {
        return network;
    }

    /// Where the control API listens.
    public List<Multiaddr> apiAddresses() {
        return IntStream.range(0, servers.size()).mapToObj(this::apiAddress).toList();
    }

    /// The addresses of the settings that the control API couldn't have, each with that which it
    /// took instead.
    public Map<Multiaddr, Multiaddr> movedApis() {
        Map<Multiaddr, Multiaddr> moved = new HashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            Multiaddr wanted = wantedApis.get(i);
            Multiaddr taken = apiAddress(i);
            boolean any = IpEndpoint.of(wanted).map(e -> e.address().getPort() == 0).orElse(false);
            if (!any && !wanted.equals(taken)) moved.put(wanted, taken);
        }
        return moved;
    }

    /// Waits until a client asks the daemon to end, or [#end] does.
    public void awaitEnd() throws InterruptedException {
        asked.await();
    }

    /// Asks it to end.
    public void end() {
        asked.countDown();
    }

    /// Ends it: no client is served from now on, peers are left, and the repo is free.
    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (IOException e) {
                if (first == null) first = e;
                else first.addSuppressed(e);
            }
        }
        if (first != null) throw first;
    }
}
