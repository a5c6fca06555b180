package cairn.cli.repo;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.node.repo.Config;
import cairn.node.repo.RepoException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Settings that somebody wrote as a whole.
final class SettingsFile {
    private static final int SHOWN = 5;
    private static final String PREFIX = "config-edit-";
    private static final String SUFFIX = ".json";

    private SettingsFile() {}

    /// The settings of a text.
    ///
    /// @param source of the text, for messages
    /// @throws RepoException when it isn't JSON, or a setting can't have its value
    static Config checked(String text, String source) throws RepoException {
        Config config = Config.parse(text, source);
        config.check();
        return config;
    }

    /// A new file for an editor, in the repo.
    static Path forEditor(Path repo) throws IOException {
        return Files.createTempFile(repo, PREFIX, SUFFIX);
    }

    /// Deletes a file that an editor got and that was kept, now that it is taken over.
    static void dropIfKept(Path repo, Path file) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        String name = String.valueOf(file.getFileName());
        if (repo.toAbsolutePath().normalize().equals(folder)
                && name.startsWith(PREFIX)
                && name.endsWith(SUFFIX)) Files.deleteIfExists(file);
    }

    /// Deletes all that editors got and that was kept.
    static void dropAllKept(Path repo) throws IOException {
        try (DirectoryStream<Path> kept = Files.newDirectoryStream(repo, PREFIX + "*" + SUFFIX)) {
            for (Path file : kept) Files.deleteIfExists(file);
        }
    }

    /// Tells of settings that have no effect: mistyped ones, or those of another program.
    static void tellUnknown(Config config, Invocation call) {
        List<String> unknown = config.unknownKeys();
        if (unknown.isEmpty()) return;
        String more = unknown.size() > SHOWN ? " and " + (unknown.size() - SHOWN) + " more" : "";
        String shown = String.join(", ", unknown.subList(0, Math.min(SHOWN, unknown.size())));
        call.messages()
                .say(
                        "cairn: kept, but without effect, as there are no such settings: "
                                + Escapes.printable(shown)
                                + more);
    }
}
