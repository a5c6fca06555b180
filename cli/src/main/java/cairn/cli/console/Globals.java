package cairn.cli.console;

import cairn.multiformats.Cid;
import cairn.multiformats.Multibase;
import java.time.Duration;
import java.util.Optional;

/// The options that every command takes.
///
/// @param repoDir where the repo is, unless the environment says
/// @param json whether output is JSON lines instead of text
/// @param timeout after which the command fails
/// @param cidBase the multibase of CIDs in output
/// @param upgradeCids whether CIDs of version 0 are shown as version 1
/// @param debug whether errors come with their stack trace
public record Globals(
        Optional<String> repoDir,
        boolean json,
        Optional<Duration> timeout,
        Optional<Multibase> cidBase,
        boolean upgradeCids,
        boolean debug) {
    /// What help says of them.
    public static final String HELP =
            """
            OPTIONS OF ALL COMMANDS
              --repo-dir=<folder>       The repo; else $CAIRN_PATH, else ~/.cairn.
              --enc=<text|json>         How output is written. JSON: one value on each line.
              --timeout=<duration>      Gives up after this long, such as 90s or 1h30m. Without it,
                                        a command runs on, but waits one minute at most for another
                                        process that writes to the repo.
              --cid-base=<base>         The multibase of CIDs in output, such as base32 or base58btc.
              --upgrade-cidv0-in-output Shows CIDs of version 0 as version 1.
              --offline                 No network. It is so in any case for now.
              -D, --debug               Shows the stack trace of an error; so does CAIRN_DEBUG=1.
              -h, --help                Shows a command's help.
            """;

    static void addTo(Usage usage) {
        usage.text("--repo-dir", "folder", "")
                .text("--enc --encoding", "text|json", "")
                .text("--timeout", "duration", "")
                .text("--cid-base", "base", "")
                .flag("--upgrade-cidv0-in-output", "")
                .flag("--offline", "")
                .flag("-D --debug", "")
                .flag("-h --help", "");
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
}
