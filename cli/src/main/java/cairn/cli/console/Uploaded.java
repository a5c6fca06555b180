package cairn.cli.console;

import cairn.rpc.server.Upload;

/// The caller's files, where a command runs in a daemon.
///
/// @param parts the files, in order
/// @param source what the only one of them is called where it is, if the caller says so; else empty
public record Uploaded(Upload parts, String source) {
    /// The option of a request that says the source.
    public static final String SOURCE = "source";
}
