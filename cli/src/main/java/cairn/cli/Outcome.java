package cairn.cli;

/// How a call ended.
enum Outcome {
    DONE(0),
    /// Words that make no sense, or work that failed. Kubo has one code for both.
    FAILED(1),
    /// Whoever read the output has had enough: 128 + SIGPIPE, as a shell reports it.
    READER_GONE(141);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
