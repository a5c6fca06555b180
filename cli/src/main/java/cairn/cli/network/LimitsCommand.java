package cairn.cli.network;

import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Shows the rates that the daemon is held to, or changes them while it runs.
public final class LimitsCommand implements Command {
    private static final List<String> RATES =
            List.of("upload", "download", "peer-upload", "peer-download");

    @Override
    public Usage usage() {
        return Usage.of("limits", "Show or change the rates that bytes are held to")
                .text(
                        "--upload",
                        "rate",
                        "Bytes a second sent to all peers: 2MB, 500KiB; 0: no limit.")
                .text("--download", "rate", "Bytes a second received from all peers.")
                .text("--peer-upload", "rate", "Bytes a second sent to one peer.")
                .text("--peer-download", "rate", "Bytes a second received from one peer.")
                .flag("--local", "Whether they hold on the LAN and this machine too.")
                .explain(
                        "Without options it shows them. What is changed holds at once, and until the"
                                + " daemon ends; the settings Limits.* are for always.")
                .example("cairn limits --upload=2MB", "leaves room on the line for others");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters();
        for (String rate : RATES)
            call.text("--" + rate).ifPresent(value -> parameters.option(rate, value));
        call.flagIfGiven("--local").ifPresent(on -> parameters.option("local", "" + on));
        Optional<Json.Obj> answer = api.ask("limits", parameters);
        if (answer.isEmpty()) return;
        Json.Obj rates = answer.get();
        call.out().line("Upload: " + rate(rates, "Upload"));
        call.out().line("Download: " + rate(rates, "Download"));
        call.out().line("PeerUpload: " + rate(rates, "PeerUpload"));
        call.out().line("PeerDownload: " + rate(rates, "PeerDownload"));
        boolean local = rates.get("Local").orElse(null) instanceof Json.Bool(var on) && on;
        call.out().line("Local: " + local);
    }

    private static String rate(Json.Obj rates, String name) {
        long bytes = Api.number(rates, name);
        return bytes == 0 ? "no limit" : ByteSizes.humanized(bytes) + "/s";
    }
}
