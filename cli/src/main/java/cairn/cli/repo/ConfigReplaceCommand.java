package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Inputs;
import cairn.node.repo.Config;
import cairn.node.text.RawText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Puts the settings of a file in the place of all that there are.
public final class ConfigReplaceCommand implements Command {
    private static final String STANDARD_INPUT = "-";

    @Override
    public Usage usage() {
        return Usage.of("config replace", "Replace all settings by those of a file")
                .arguments("<file>", 1, 1)
                .served(Usage.Runs.VALUES)
                .reads(Usage.Input.LAST_FILE)
                .explain(
                        "The file holds JSON, as config show prints it; - stands for standard input."
                                + " It is checked first: when a setting can't have its value, nothing"
                                + " is changed. What was there before is kept in the repo as"
                                + " config.old.")
                .example("cairn config show > settings", "saves the settings")
                .example("cairn config replace settings", "brings them back");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean sent = call.surroundings().uploaded().isPresent();
        String file = sent ? STANDARD_INPUT : call.arguments().getFirst();
        boolean standardInput = file.equals(STANDARD_INPUT);
        String name = standardInput ? "standard input" : Escapes.printable(file);
        if (sent) name = "the request";
        Config config = SettingsFile.checked(read(name, call), name);
        Path repo = Repos.path(call);
        Repos.options(call)
                .replaceConfig(
                        repo,
                        before ->
                                sent
                                        ? config.withSecretsOf(Config.parse(before, "the repo"))
                                        : config);
        if (!standardInput) SettingsFile.dropIfKept(repo, RawText.path(file));
        SettingsFile.tellUnknown(config, call);
    }

    private static String read(String name, Invocation call) throws IOException {
        byte[] bytes;
        try (InputStream in = Inputs.last(call)) {
            bytes = in.readNBytes(Config.MAX_BYTES + 1);
        }
        if (bytes.length > Config.MAX_BYTES)
            throw new CommandException(name + " is larger than " + Config.MAX_BYTES + " bytes");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(name + " isn't UTF-8", e);
        }
    }
}
