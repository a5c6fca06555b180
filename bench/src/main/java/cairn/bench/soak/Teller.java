package cairn.bench.soak;

import java.io.PrintStream;

/// What a worker tells its soak, in lines that have left the process when a call returns: what it
/// is about to do, and what is done. Safe for use by many threads at once.
final class Teller {
    static final String OPEN = "open";
    static final String TRY = "try";
    static final String DID = "did";
    static final String DID_NOT = "did-not";
    static final String COUNT = "count";
    static final String SYNC = "sync";
    static final String WRONG = "wrong";

    private final PrintStream out;

    /// @param out flushes itself at the end of a line
    Teller(PrintStream out) {
        this.out = out;
    }

    void tell(String what, Object... words) {
        StringBuilder line = new StringBuilder(what);
        for (Object word : words) line.append(' ').append(word);
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
