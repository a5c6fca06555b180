package cairn.cli.daemon;

import cairn.cli.console.Invocation;
import cairn.cli.console.Messages;
import cairn.cli.console.UsageException;
import cairn.dag.BlockSource;
import cairn.dag.FetchStat;
import cairn.dag.FetchingSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.rpc.client.Answer;
import cairn.rpc.client.Parameters;
import cairn.rpc.frames.Frame;
import java.io.IOException;
import java.io.InputStream;
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
    private final Messages messages;
    private Optional<BlockStream> stream = Optional.empty(); // guarded by this

    private DaemonBlocks(
            Api api, boolean offline, BlockSource local, Hashes hashes, Messages messages) {
        this.messages = messages;
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
        return new DaemonBlocks(
                Api.of(call), call.flag("--offline"), local, hashes, call.messages());
    }

    /// Says which DAG will be read. It is asked for once something of it isn't here.
    @Override
    public synchronized void expect(Cid root) {
        stream.ifPresent(BlockStream::close);
        stream = Optional.of(new BlockStream(() -> export(root), hashes, this::isHere, messages));
    }

    private boolean isHere(Cid cid) throws IOException {
        return local.has(cid);
    }

    private Optional<Answer> export(Cid root) throws IOException {
        return api.callIfRunning("dag/export", parameters(root));
    }

    private Parameters parameters(Cid cid) {
        Parameters parameters = api.parameters().option("arg", cid.toString());
        if (offline) parameters.option("offline", "true");
        return parameters
                .option(Frame.OPTION, "true")
                .option("progress", "false") // the command shows its own
                .option("terminals", messages.isTerminal() ? "2" : "");
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
            InputStream body = new FramedOutput(open.body(), _ -> {}, messages);
            byte[] bytes = body.readNBytes(Block.MAX_BYTES + 1);
            messages.clearProgress();
            return Optional.of(Block.verified(cid, bytes, hashes));
        }
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        return local.has(cid) || get(cid).isPresent();
    }

    /// How many peers the daemon has some of it from; it tells no more.
    @Override
    public FetchStat fetched() {
        int sources = running().map(BlockStream::sources).orElse(0);
        return new FetchStat(sources, sources, 0, 0, 0, 0);
    }

    /// Nothing is kept on this side.
    @Override
    public void flush() {}

    @Override
    public void close() {
        running().ifPresent(BlockStream::close);
    }
}
