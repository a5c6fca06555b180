package cairn.cli.daemon;

import cairn.cli.console.Invocation;
import cairn.cli.console.UsageException;
import cairn.dag.BlockSource;
import cairn.dag.FetchingSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.rpc.client.Answer;
import cairn.rpc.client.Parameters;
import cairn.rpc.frames.Frame;
import java.io.IOException;
import java.util.Optional;

/// The blocks of a daemon, and those that it fetches, for a command that writes what the daemon
/// can't see. What is here is taken from here. Blocks of a DAG that is expected come in one stream,
/// others one by one; each is verified.
///
/// Safe for many threads at once.
public final class DaemonBlocks implements FetchingSource {
    private final Api api;
    private final boolean offline;
    private final BlockSource local;
    private final Hashes hashes;
    private Optional<BlockStream> stream = Optional.empty(); // guarded by this

    private DaemonBlocks(Api api, boolean offline, BlockSource local, Hashes hashes) {
        this.api = api;
        this.offline = offline;
        this.local = local;
        this.hashes = hashes;
    }

    /// The blocks of the daemon that a call is for. Whether one runs is found out when something
    /// isn't here.
    ///
    /// @param local what is here
    public static DaemonBlocks of(Invocation call, BlockSource local, Hashes hashes)
            throws IOException, UsageException {
        return new DaemonBlocks(Api.of(call), call.flag("--offline"), local, hashes);
    }

    /// Says which DAG will be read. It is asked for once something of it isn't here.
    @Override
    public synchronized void expect(Cid root) {
        stream.ifPresent(BlockStream::close);
        stream = Optional.of(new BlockStream(() -> export(root), hashes, this::isHere));
    }

    private boolean isHere(Cid cid) throws IOException {
        return local.has(cid);
    }

    private Optional<Answer> export(Cid root) throws IOException {
        Parameters parameters = parameters(root).option(Frame.OPTION, "true");
        return api.callIfRunning("dag/export", parameters);
    }

    private Parameters parameters(Cid cid) {
        Parameters parameters = api.parameters().option("arg", cid.toString());
        if (offline) parameters.option("offline", "true");
        return parameters;
    }

    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        Optional<Block> here = local.get(cid);
        if (here.isPresent()) return here;
        Optional<BlockStream> running = running();
        Optional<Block> streamed = running.isPresent() ? running.get().take(cid) : Optional.empty();
        return streamed.isPresent() ? streamed : getAlone(cid);
    }

    private synchronized Optional<BlockStream> running() {
        return stream;
    }

    private Optional<Block> getAlone(Cid cid) throws IOException {
        Optional<Answer> answer = api.callIfRunning("block/get", parameters(cid));
        if (answer.isEmpty()) return Optional.empty();
        try (Answer open = answer.get()) {
            byte[] bytes = open.body().readNBytes(Block.MAX_BYTES + 1);
            return Optional.of(Block.verified(cid, bytes, hashes));
        }
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        return local.has(cid) || get(cid).isPresent();
    }

    @Override
    public int sources() {
        return running().map(BlockStream::sources).orElse(0);
    }

    /// Nothing is kept on this side.
    @Override
    public void flush() {}

    @Override
    public void close() {
        running().ifPresent(BlockStream::close);
    }
}
