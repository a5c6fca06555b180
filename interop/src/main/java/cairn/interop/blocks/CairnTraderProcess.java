package cairn.interop.blocks;

import cairn.interop.Answer;
import cairn.interop.CommandLines;
import cairn.interop.HostPlan;
import cairn.interop.PeerException;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A node of Cairn in a process of its own, for what needs one, as dying in the middle does. It
/// obeys the commands of [TraderProcess], of which `make` is the first.
///
/// Its trader is guarded by `this`, under which it is made.
public final class CairnTraderProcess {
    private Optional<CairnTrader> trader = Optional.empty();

    private CairnTraderProcess() {}

    /// The command that starts one.
    static List<String> command() {
        return CommandLines.java(CairnTraderProcess.class);
    }

    public static void main(String[] arguments) throws IOException {
        CairnTraderProcess process = new CairnTraderProcess();
        CommandLines.serve(process::perform);
        process.close();
        System.exit(0);
    }

    private Json.Obj perform(Answer command) throws IOException {
        Json.Obj answer = new Json.Obj(Map.of());
        switch (command.text("do").orElse("")) {
            case "make" -> {
                CairnTrader made = make(command);
                return answer.with("peer", new Json.Str(made.peerId()))
                        .with("addrs", Answer.array(made.addresses()));
            }
            case "dial" -> trader().dial(command.text("addr").orElseThrow());
            case "take" -> trader().take(Path.of(command.text("archive").orElseThrow()));
            case "fetch" -> {
                String digest =
                        trader().fetch(
                                        Ware.Shape.valueOf(command.text("shape").orElseThrow()),
                                        Cid.parse(command.text("cid").orElseThrow()));
                return answer.with("digest", new Json.Str(digest));
            }
            default -> throw new PeerException("no such command");
        }
        return answer;
    }

    private synchronized CairnTrader make(Answer command) throws IOException {
        CairnTrader made =
                CairnTrader.open(Path.of(command.text("repo").orElseThrow()), HostPlan.of(command));
        trader = Optional.of(made);
        return made;
    }

    private synchronized CairnTrader trader() throws PeerException {
        return trader.orElseThrow(() -> new PeerException("no node: make one first"));
    }

    private synchronized void close() throws IOException {
        if (trader.isPresent()) trader.get().close();
    }
}
