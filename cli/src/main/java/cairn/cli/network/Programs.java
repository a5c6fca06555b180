package cairn.cli.network;

/// Which program this is, as the launcher says.
final class Programs {
    private Programs() {}

    static String version() {
        return System.getProperty("cairn.version", "development");
    }

    static String commit() {
        return System.getProperty("cairn.commit", "");
    }

    /// What peers are told.
    static String agent() {
        return "cairn/" + version();
    }
}
