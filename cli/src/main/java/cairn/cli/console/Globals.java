package cairn.cli.console;

import cairn.multiformats.Cid;
import cairn.multiformats.Multibase;
import cairn.node.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The options that every command takes.
///
/// @param repoDir where the repo is, unless the environment says
/// @param api where the control API of the daemon is, unless the repo says
/// @param apiAuth what is shown to it
/// @param json whether output is JSON lines instead of text
/// @param timeout after which the command fails
/// @param cidBase the multibase of CIDs in output
/// @param upgradeCids whether CIDs of version 0 are shown as version 1
/// @param debug whether errors come with their stack trace
public record Globals(
        Optional<String> repoDir,
        Optional<String> api,
        Optional<String> apiAuth,
        boolean json,
        Optional<Duration> timeout,
        Optional<Multibase> cidBase,
        boolean upgradeCids,
        boolean debug) {
    static void addTo(Usage usage) {
        usage.text("--repo-dir", "folder", "The repo. Default: $CAIRN_PATH, else ~/.cairn.")
                .text(
                        "--api",
                        "address",
                        "The daemon to ask: /ip4/127.0.0.1/tcp/5001. Default: the repo's.")
                .text(
                        "--api-auth",
                        "secret",
                        "What to show the daemon: bearer:TOKEN or basic:USER:PASSWORD, as its"
                                + " setting API.Authorizations has it.")
                .text("--enc --encoding", "encoding", "text, or json: a value on each line.")
                .text(
                        "--timeout",
                        "duration",
                        "Give up after this long: 90s, 1h30m. Default: never, but wait a minute at"
                                + " most for another process that writes to the repo.")
                .text("--cid-base", "base", "Write CIDs in this multibase, such as base58btc.")
                .flag("--upgrade-cidv0-in-output", "Show CIDs of version 0 as version 1.")
                .flag("--offline", "Use no network: what isn't here is missing.")
                .flag("-D --debug", "Show the stack trace of an error.")
                .flag("-h --help", "Tell about a command, or what commands there are.");
    }

    /// How a CID is written in output.
    public String text(Cid cid) {
        boolean upgrade =
                upgradeCids || cidBase.map(base -> !base.label().equals("base58btc")).orElse(false);
        Cid shown = upgrade && cid.version() == 0 ? Cid.v1(cid.codec(), cid.hash()) : cid;
        return cidBase.isPresent() && shown.version() == 1
                ? shown.toString(cidBase.get())
                : shown.toString();
    }

    /// How a CID is written in JSON output: `{"/": "CID"}`.
    public Json link(Cid cid) {
        return new Json.Obj(Map.of("/", new Json.Str(text(cid))));
    }
}
