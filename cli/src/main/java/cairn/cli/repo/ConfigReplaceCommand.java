package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.RawText;
import cairn.cli.console.Repos;
import cairn.cli.console.StandardInput;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.repo.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// Puts the settings of a file in the place of all that there are.
public final class ConfigReplaceCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("config replace", "Replace all settings by those of a file")
                .arguments("<file>", 1, 1)
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
        String file = call.arguments().getFirst();
        Config config = SettingsFile.checked(read(file, call), Escapes.printable(file));
        Repos.options(call).replaceConfig(Repos.path(call), _ -> config);
        SettingsFile.tellUnknown(config, call);
    }

    private static String read(String file, Invocation call) throws IOException {
        byte[] bytes;
        try (InputStream in =
                file.equals("-")
                        ? StandardInput.open(call)
                        : Files.newInputStream(RawText.path(file))) {
            bytes = in.readNBytes(Config.MAX_BYTES + 1);
        }
        if (bytes.length > Config.MAX_BYTES)
            throw new CommandException(
                    Escapes.printable(file) + " is larger than " + Config.MAX_BYTES + " bytes");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(Escapes.printable(file) + " isn't UTF-8", e);
        }
    }
}
