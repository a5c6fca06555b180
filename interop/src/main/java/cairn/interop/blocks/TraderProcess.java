package cairn.interop.blocks;

import cairn.interop.Answer;
import cairn.interop.HostPlan;
import cairn.interop.PeerProcess;
import cairn.interop.Workshop;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A node in a process of its own, which understands lines of JSON: Helia (`js/trader.mjs`), or
/// Cairn ([CairnTraderProcess]).
public final class TraderProcess implements Trader {
    private final PeerProcess process;
    private final String peerId;
    private final List<String> addresses;

    private TraderProcess(PeerProcess process, Answer made) {
        this.process = process;
        this.peerId = made.text("peer").orElseThrow();
        this.addresses = made.texts("addrs");
    }

    /// Helia, with its blocks in memory.
    ///
    /// @throws cairn.interop.MissingToolException when Node or npm is missing
    public static TraderProcess helia(Workshop workshop, HostPlan plan) throws IOException {
        return make(workshop.helia(), plan, Path.of(""));
    }

    /// Cairn.
    ///
    /// @param repo where its blocks are; made where there is none
    public static TraderProcess cairn(Workshop workshop, HostPlan plan, Path repo)
            throws IOException {
        return make(
                PeerProcess.start("cairn", CairnTraderProcess.command(), workshop.logs()),
                plan,
                repo);
    }

    private static TraderProcess make(PeerProcess process, HostPlan plan, Path repo)
            throws IOException {
        boolean made = false;
        try {
            Json.Obj how = plan.json().with("repo", new Json.Str(repo.toAbsolutePath().toString()));
            TraderProcess trader = new TraderProcess(process, process.ask("make", how));
            made = true;
            return trader;
        } finally {
            if (!made) process.close();
        }
    }

    @Override
    public String peerId() {
        return peerId;
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    @Override
    public void dial(String address) throws IOException {
        process.ask("dial", with("addr", address));
    }

    @Override
    public void take(Path archive) throws IOException {
        process.ask("take", with("archive", archive.toAbsolutePath().toString()));
    }

    @Override
    public String fetch(Ware.Shape shape, Cid root) throws IOException {
        return process.ask(
                        "fetch",
                        with("cid", root.toString()).with("shape", new Json.Str(shape.name())))
                .text("digest")
                .orElseThrow();
    }

    private static Json.Obj with(String name, String value) {
        return new Json.Obj(Map.of()).with(name, new Json.Str(value));
    }

    /// Ends its process at once, as a crash would.
    public void kill() {
        process.kill();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
