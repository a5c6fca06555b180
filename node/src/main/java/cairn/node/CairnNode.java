package cairn.node;

import cairn.blockstore.Blocks;
import cairn.blockstore.Blockstore;
import cairn.blockstore.HashingBlockstore;
import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSink;
import cairn.dag.BlockSource;
import cairn.dag.FetchStat;
import cairn.dag.FetchingSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.codec.DagResolver;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.Imported;
import cairn.dag.importer.Importer;
import cairn.dag.tree.ImportSource;
import cairn.dag.tree.TreeStream;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.node.collection.AutomaticCollection;
import cairn.node.collection.BlockRemover;
import cairn.node.collection.Collector;
import cairn.node.collection.Root;
import cairn.node.collection.Roots;
import cairn.node.keys.Keys;
import cairn.node.pins.Pinner;
import cairn.node.pins.VisitedHereAndElsewhere;
import cairn.node.repo.Config;
import cairn.node.repo.ImportSettings;
import cairn.node.repo.RepoDirectory;
import cairn.node.repo.RepoException;
import cairn.node.repo.RepoStat;
import cairn.node.repo.Setting;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A node is a repo that is open: its blocks, pins and settings, and what can be done with them.
///
/// ```java
/// try (CairnNode node = CairnNode.open(Path.of("repo"), Access.WRITE)) {
///     Imported added = node.add(Path.of("photo.jpg"));
///     node.pins().add(added.cid(), Pin.Mode.RECURSIVE, "holiday");
/// }
/// ```
///
/// Any number of processes may have a repo open for reading, and one for writing. Safe for use by
/// many threads at once.
public final class CairnNode implements AutoCloseable {
    /// The version of repos that this program reads and writes.
    public static final int REPO_VERSION = RepoDirectory.VERSION;

    private final RepoDirectory repo;
    private final Config config;
    private final Hashes hashes;
    private final RocksStore store;
    private final Closeable closing;
    private final Optional<AutomaticCollection> collection;
    private final Blockstore blocks;
    private final BlockSource local;
    private final Optional<FetchingSource> fetching;

    /// @param lock closed after the store
    /// @param collection before something is added; none where nothing can be
    CairnNode(
            RepoDirectory repo,
            Config config,
            Hashes hashes,
            RocksStore store,
            Closeable lock,
            Optional<AutomaticCollection> collection)
            throws RepoException {
        this.repo = repo;
        this.config = config;
        this.hashes = hashes;
        this.store = store;
        this.closing =
                () -> {
                    try (lock) {
                        store.close();
                    }
                };
        this.collection = collection;
        this.fetching = Optional.empty();
        blocks =
                hashesReads(config)
                        ? new HashingBlockstore(store.blocks(), hashes)
                        : store.blocks();
        local = IdentityBlocks.over(new StoredBlocks(blocks));
    }

    /// A view of a node.
    private CairnNode(CairnNode node, Optional<FetchingSource> fetching, Closeable closing) {
        this.repo = node.repo;
        this.config = node.config;
        this.hashes = node.hashes;
        this.store = node.store;
        this.closing = closing;
        this.collection = node.collection;
        this.blocks = node.blocks;
        this.local = node.local;
        this.fetching = fetching;
    }

    /// The same node, whose DAGs come from elsewhere where they aren't here. Closing it closes the
    /// source alone.
    public CairnNode fetching(FetchingSource source) {
        return new CairnNode(this, Optional.of(source), source);
    }

    /// The same node, for one of several who use it: closing it does nothing.
    public CairnNode shared() {
        return new CairnNode(this, fetching, () -> {});
    }

    static boolean hashesReads(Config config) throws RepoException {
        return config.bool(Setting.HASH_ON_READ.key()).orElse(false);
    }

    /// Opens the repo in a folder. For writing, makes it where there is none.
    ///
    /// @throws RepoException when there is none to read
    public static CairnNode open(Path folder, Access access) throws IOException {
        return NodeOptions.DEFAULT.open(folder, access);
    }

    /// The hash functions that any node has.
    public static Hashes knownHashes() {
        return NodeHashes.all();
    }

    /// Whether a folder holds a repo.
    public static boolean exists(Path folder) {
        return new RepoDirectory(folder).exists();
    }

    public Config config() {
        return config;
    }

    /// The private keys. To change them, or to make the node's own, it is open for writing.
    public Keys keys() {
        return new Keys(repo);
    }

    /// The hash functions that can name and check blocks.
    public Hashes hashes() {
        return hashes;
    }

    /// The blocks. What removes them looks first whether they are needed: [#collector], [#remover].
    public Blocks blocks() {
        return blocks;
    }

    /// The blocks as a source of DAGs, those included that identity CIDs carry in themselves, and
    /// those that a node which fetches gets from elsewhere.
    public BlockSource source() {
        return fetching.<BlockSource>map(IdentityBlocks::over).orElse(local);
    }

    /// The same without those from elsewhere.
    public BlockSource local() {
        return local;
    }

    /// Tells that all below a block will be read: a node that fetches begins to.
    public void expect(Cid root) {
        fetching.ifPresent(source -> source.expect(root));
    }

    /// How many others had something of what a node that fetches asked for; 0 where none does.
    public int sources() {
        return fetched().have();
    }

    /// What a node that fetches asked others, and what came.
    public FetchStat fetched() {
        return fetching.map(FetchingSource::fetched).orElse(FetchStat.NONE);
    }

    /// What a walk over DAGs of the node remembers: a bit for each block that is here, whatever
    /// their number. For one walk; not for one that writes or pins, which needs a lease.
    public Visited visited() {
        return new VisitedHereAndElsewhere(store::number);
    }

    /// Reads files and directories of the node, ahead of whoever takes them.
    public UnixFsReader reader() {
        return new UnixFsReader(source(), ReadAhead.LOCAL);
    }

    /// Follows paths through nodes of any codec.
    public DagResolver resolver() {
        return new DagResolver(source());
    }

    public Pinner pins() {
        return new Pinner(store, local, fetching, hashes);
    }

    /// Collects garbage: what no pin keeps.
    public Collector collector() {
        return new Collector(store, local, roots());
    }

    /// Removes single blocks that no pin keeps.
    public BlockRemover remover() {
        return new BlockRemover(store, local, roots());
    }

    private List<Roots> roots() {
        return List.of(
                visitor ->
                        store.pins()
                                .forEach(
                                        pin -> {
                                            visitor.visit(Root.of(pin));
                                            return true;
                                        }));
    }

    /// Begins to store single blocks.
    public WriteSession openSession() throws IOException {
        return collectedBefore(blocks::openSession);
    }

    /// Begins to take archives of blocks in.
    public CarImport importArchives() throws IOException {
        return collectedBefore(() -> CarImport.begin(store, local, hashes));
    }

    /// Tells how much DAGs take.
    ///
    /// @throws cairn.dag.MissingBlockException when a block is missing; it names it
    public DagSizes sizes(List<Cid> dags, DagSizes.Progress progress) throws IOException {
        if (fetching.isPresent()) fetch(fetching.get(), dags);
        return DagSizes.of(dags, source(), blocks, this::visited, progress);
    }

    private void fetch(FetchingSource source, List<Cid> roots) throws IOException {
        roots.forEach(source::expect);
        DagWalk walk = new DagWalk(source, visited());
        for (Cid root : roots) walk.forEach(root, _ -> true);
        source.flush();
    }

    /// Looks whether all blocks are whole, and all that pins keep.
    public Verifier verifier() {
        return new Verifier(store, pins(), hashes);
    }

    /// How much the repo holds.
    public RepoStat stat() throws IOException {
        return RepoStat.of(repo, config, store.count(), store.bytesOnDisk());
    }

    /// Adds a file or folder as the settings say, and pins it. Durable on return.
    public Imported add(Path path) throws IOException {
        AddOptions options = AddOptions.of(ImportSettings.of(config).build());
        return add(List.of(ImportSource.path(path)), options, ImportListener.NONE).getFirst();
    }

    /// Adds sources. On return their blocks, and then their pins, are durable.
    ///
    /// @return the roots: one for each source, or the directory that wraps them
    /// @throws cairn.dag.importer.ImportFailedException when there are entries that couldn't be
    ///   read; then nothing is pinned
    public List<Imported> add(
            List<ImportSource> sources, AddOptions options, ImportListener listener)
            throws IOException {
        return add(importing(sources, options), options, listener);
    }

    /// Adds trees that come in as a stream. On return their blocks, and then their pins, are
    /// durable.
    ///
    /// @return the roots, one for each tree in their order, or the directory that wraps them
    /// @throws cairn.dag.importer.ImportFailedException when there are entries that couldn't be
    ///   read; then nothing is pinned
    public List<Imported> add(TreeStream trees, AddOptions options, ImportListener listener)
            throws IOException {
        return add(importing(trees, options), options, listener);
    }

    private List<Imported> add(Importing importing, AddOptions options, ImportListener listener)
            throws IOException {
        return collectedBefore(() -> store(importing, options, listener));
    }

    private <T> T collectedBefore(AutomaticCollection.Adding<T> adding) throws IOException {
        return collection.isPresent() ? collection.get().before(collector(), adding) : adding.run();
    }

    private List<Imported> store(Importing importing, AddOptions options, ImportListener listener)
            throws IOException {
        try (WriteSession session = store.blocks().openSession()) {
            List<Imported> roots = importTo(session::put, importing, options, hashes, listener);
            session.commit(options.pin() ? pins(roots, options.pinName()) : List.of());
            return roots;
        }
    }

    /// The roots that adding sources would give. Nothing is stored, and no repo is needed.
    public static List<Imported> hash(
            List<ImportSource> sources, AddOptions options, ImportListener listener)
            throws IOException {
        return hash(importing(sources, options), options, listener);
    }

    /// The same for trees that come in as a stream.
    public static List<Imported> hash(TreeStream trees, AddOptions options, ImportListener listener)
            throws IOException {
        return hash(importing(trees, options), options, listener);
    }

    private static List<Imported> hash(
            Importing importing, AddOptions options, ImportListener listener) throws IOException {
        return importTo(block -> {}, importing, options, NodeHashes.all(), listener);
    }

    /// What an importer is to import.
    @FunctionalInterface
    private interface Importing {
        List<Imported> with(Importer importer) throws IOException, InterruptedException;
    }

    private static Importing importing(List<ImportSource> sources, AddOptions options) {
        return options.wrap()
                ? importer -> List.of(importer.importWrapped(sources))
                : importer -> importer.importEach(sources);
    }

    private static Importing importing(TreeStream trees, AddOptions options) {
        return options.wrap()
                ? importer -> List.of(importer.importWrapped(trees))
                : importer -> importer.importEach(trees);
    }

    private static List<Imported> importTo(
            BlockSink sink,
            Importing importing,
            AddOptions options,
            Hashes hashes,
            ImportListener listener)
            throws IOException {
        try (Importer importer =
                new Importer(options.format(), options.tree(), hashes, sink, listener)) {
            return importing.with(importer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the import was interrupted");
        }
    }

    private static List<Pin> pins(List<Imported> roots, String name) {
        return roots.stream()
                .map(Imported::cid)
                .distinct()
                .map((Cid cid) -> new Pin(cid, Pin.Mode.RECURSIVE, name))
                .toList();
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
