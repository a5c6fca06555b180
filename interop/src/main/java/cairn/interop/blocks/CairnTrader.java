package cairn.interop.blocks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cairn.bitswap.protocol.Bitswap;
import cairn.dag.BlockSource;
import cairn.dag.exporter.DirectoryEntry;
import cairn.dag.exporter.EntryCursor;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.exporter.UnixFsSymlink;
import cairn.dag.walk.DagWalk;
import cairn.interop.HostPlan;
import cairn.interop.PeerException;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.pnet.PrivateNetwork;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.repo.RepoException;
import cairn.node.repo.NetworkSettings;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.CarImport;
import cairn.node.exchange.BlockService;
import cairn.node.exchange.Fetch;
import cairn.node.gateways.SourceStat;
import cairn.node.json.Json;
import cairn.node.repo.Config;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A node of Cairn, in this process.
public final class CairnTrader implements Trader {
    /// Of a block that nobody is known to have: more than a peer that dies costs.
    private static final Duration SEARCH = Duration.ofSeconds(30);

    private final CairnNode node;
    private final Host host;
    private final BlockService service;

    private CairnTrader(CairnNode node, Host host, Config config) throws RepoException {
        this.node = node;
        this.host = host;
        this.service = BlockService.open(node, host, (_, _) -> {}, NetworkSettings.of(config));
    }

    /// @param repo where its blocks are; made where there is none
    /// @param plan its addresses and its private network; its key is new
    public static CairnTrader open(Path repo, HostPlan plan) throws IOException {
        return open(repo, plan, List.of());
    }

    /// @param sources servers and archives that it fetches from besides peers
    public static CairnTrader open(Path repo, HostPlan plan, List<String> sources)
            throws IOException {
        List<Multiaddr> listen = new ArrayList<>();
        for (String address : plan.listen()) listen.add(Multiaddr.parse(address));
        HostOptions options =
                HostOptions.of(SigningKey.generate()).agentVersion("cairn-interop").listen(listen);
        if (plan.swarmKey().isPresent())
            options.privateNetwork(PrivateNetwork.parse(plan.swarmKey().get().getBytes(US_ASCII)));
        CairnNode node = CairnNode.open(repo, Access.WRITE);
        Json named = new Json.Arr(sources.stream().<Json>map(Json.Str::new).toList());
        Config config = node.config().with("HTTPRetrieval.Sources", named);
        return new CairnTrader(node, Host.open(options), config);
    }

    @Override
    public String peerId() {
        return host.id().toString();
    }

    @Override
    public List<String> addresses() {
        return host.listenAddresses().stream().map(a -> a + "/p2p/" + peerId()).toList();
    }

    @Override
    public void dial(String address) throws IOException {
        host.connect(Multiaddr.parse(address));
    }

    /// Its trade: what it was given, and gave.
    public Bitswap bitswap() {
        return service.bitswap();
    }

    /// How its sources over HTTP stand, in their order.
    public List<SourceStat> sources() {
        return service.sources().stat();
    }

    @Override
    public void take(Path archive) throws IOException {
        try (CarImport load = node.importArchives();
                FileChannel in = FileChannel.open(archive)) {
            load.read(in);
            load.commit();
        }
    }

    @Override
    public String fetch(Ware.Shape shape, Cid root) throws IOException {
        try (Fetch fetch = service.fetch(SEARCH)) {
            fetch.expect(root);
            return switch (shape) {
                case FILE, FOLDER -> read(fetch, root);
                case DAG -> Digests.ofBlocks(sink -> walk(fetch, root, sink));
            };
        }
    }

    private static String read(BlockSource source, Cid root) throws IOException {
        try (UnixFsReader reader = new UnixFsReader(source, ReadAhead.LOCAL)) {
            return read(reader, reader.open(root));
        }
    }

    private static String read(UnixFsReader reader, UnixFsNode node) throws IOException {
        return switch (node) {
            case UnixFsFile file -> Digests.ofFile(out -> file.writeTo(Channels.newChannel(out)));
            case UnixFsDirectory folder -> {
                Map<String, String> files = new TreeMap<>();
                try (EntryCursor entries = folder.entries()) {
                    Optional<DirectoryEntry> entry = entries.next();
                    for (; entry.isPresent(); entry = entries.next()) {
                        String name = entry.get().name().toString();
                        files.put(name, read(reader, reader.open(entry.get().cid())));
                    }
                }
                yield Digests.ofFolder(files);
            }
            case UnixFsSymlink link -> throw new PeerException("no ware has a link: " + link.cid());
        };
    }

    /// Gives the blocks of a DAG to a digest.
    static void walk(BlockSource source, Cid root, Digests.Sink sink) throws IOException {
        new DagWalk(source)
                .forEach(
                        root,
                        new DagWalk.Visitor() {
                            @Override
                            public boolean visit(Cid leaf) throws IOException {
                                sink.take(source.get(leaf).orElseThrow().bytes());
                                return true;
                            }

                            @Override
                            public boolean visit(Block block) {
                                sink.take(block.bytes());
                                return true;
                            }
                        });
    }

    @Override
    public void close() throws IOException {
        service.close();
        host.close();
        node.close();
    }
}
