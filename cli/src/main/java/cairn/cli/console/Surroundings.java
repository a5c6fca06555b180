package cairn.cli.console;

import cairn.node.CairnNode;
import cairn.rpc.server.Upload;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/// What a command finds around it: the environment, the three standard streams, and in a daemon its
/// node. A test passes its own.
///
/// @param commandLine as another process may be shown it
/// @param node that the command works on, in a daemon; else it opens one
/// @param uploaded the caller's files, in a daemon
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        boolean inIsTerminal,
        Output out,
        Messages messages,
        String commandLine,
        Optional<CairnNode> node,
        Optional<Uploaded> uploaded) {
    /// Those of a command in a process of its own.
    public Surroundings(
            Map<String, String> environment,
            InputStream in,
            boolean inIsTerminal,
            Output out,
            Messages messages,
            String commandLine) {
        this(
                environment,
                in,
                inIsTerminal,
                out,
                messages,
                commandLine,
                Optional.empty(),
                Optional.empty());
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// The caller's files, where a command runs in a daemon.
    ///
    /// @param parts the files, in order
    /// @param source what the only one of them is called where it is, if the caller says so; else
    ///   empty
    public record Uploaded(Upload parts, String source) {
        /// The option of a request that says the source.
        public static final String SOURCE = "source";
    }
}
