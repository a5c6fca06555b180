package cairn.cli.console;

import java.io.InputStream;
import java.util.Map;

/// What a command finds around it: the environment and the three standard streams. A test passes
/// its own.
///
/// @param commandLine as another process may be shown it
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        boolean inIsTerminal,
        Output out,
        Messages messages,
        String commandLine) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }
}
