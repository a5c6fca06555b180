package cairn.cli.repo;

import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.json.Json;
import cairn.node.text.RawText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Copies the repo, also while others write to it.
public final class RepoBackupCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("repo backup", "Copy the repo, also while others write to it")
                .arguments("<folder>", 1, 1)
                .explain(
                        "The copy is the repo as it is at one moment, with blocks, pins, keys"
                                + " and settings, and is a repo itself. The folder must be new or empty;"
                                + " it gets its name when all of the copy is on disk. Nobody has to"
                                + " wait for it.")
                .explain(
                        "On the disk of the repo the copy shares its files of blocks, which never"
                                + " change, and takes a moment and little space; it guards against"
                                + " mistakes, not against the disk. On another disk it is a full copy.")
                .example("cairn repo backup /media/usb/cairn", "copies the repo to another disk")
                .example("cairn --repo-dir /media/usb/cairn repo verify", "checks the copy");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Path target = RawText.path(call.arguments().getFirst());
        long bytes =
                Repos.options(call)
                        .backup(
                                Repos.path(call),
                                target,
                                copied -> {
                                    if (call.messages().isTerminal())
                                        call.messages()
                                                .progress("copied " + ByteSizes.text(copied));
                                });
        call.messages().clearProgress();
        if (call.globals().json()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("Path", new Json.Str(RawText.of(target)));
            members.put("Size", Json.Num.of(bytes));
            call.out().json(new Json.Obj(members));
        } else call.out().line("copied " + bytes + " bytes to " + RawText.of(target));
    }
}
