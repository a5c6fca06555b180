package cairn.bench.compare;

import java.io.IOException;
import java.util.List;

/// A case is something to be done, by each of its contestants in turn.
///
/// @param name what `--cases` calls it
/// @param title what the table calls it
record Case(String name, String title, List<Contestant> contestants) {

    /// Who does it. The first one is compared with the others.
    record Contestant(String name, Attempt attempt) {}

    /// One run: prepares outside of what is timed, runs, and clears away.
    @FunctionalInterface
    interface Attempt {
        Measured run(int round) throws IOException, InterruptedException;
    }
}
