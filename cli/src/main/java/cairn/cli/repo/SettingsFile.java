package cairn.cli.repo;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.node.repo.Config;
import cairn.node.repo.RepoException;
import java.util.List;

/// Settings that somebody wrote as a whole.
final class SettingsFile {
    private static final int SHOWN = 5;

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
