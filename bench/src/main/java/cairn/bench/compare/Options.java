package cairn.bench.compare;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the command line asks for.
///
/// @param cairn the launcher
/// @param kubo its binary; without one, Cairn is measured alone
/// @param dir where inputs, repos and outputs are
/// @param tiny where the tiny files of the memory cases are
/// @param cases names of cases; all that compare, when there are none
record Options(
        Path cairn,
        Optional<Path> kubo,
        Path dir,
        Path tiny,
        int rounds,
        List<String> cases,
        Sizes sizes,
        Optional<String> heading) {

    /// Those of [StoreCases]; not run unless named, or as "store".
    private static final Set<String> STORE_CASES =
            Set.of("verify", "export", "import", "stat", "pin-add", "pin-ls", "pin-ls-first");

    private static final Set<String> CASES =
            Set.of(
                    "version",
                    "add-small",
                    "cat-small",
                    "add-file",
                    "add-tree",
                    "cat",
                    "cat-pipe",
                    "get-file",
                    "get-file-sync",
                    "get-tree",
                    "get-tree-sync",
                    "ls",
                    "limits",
                    "memory",
                    "store");

    static final String HELP =
            """
            usage: bench/run.sh [options]
                   bench/run.sh --micro [pattern] [JMH's options]
                   bench/run.sh --soak MINUTES [SEED] [options]
                   bench/run.sh --collect [options]

            Measures whole commands of Cairn in turns with those of Kubo, and prints Markdown:
            medians of the rounds with the least and the most, wall time and peak resident memory.
            With --micro it runs the JMH benchmarks whose names contain the pattern. With --soak it
            kills a process that uses a repo, again and again, with --collect it times collections
            of garbage and what others feel of them; --help after either tells more.

              --kubo PATH       Kubo 0.43's binary. Default: $IPFS. interop/kubo/build.sh builds it.
                                Without it, Cairn is measured alone.
              --dir FOLDER      Where data, repos and outputs go: on the disk to be measured, or on
                                a tmpfs. Default: bench/target/compare. The data stays in
                                FOLDER/inputs for the next time; the rest is deleted.
              --rounds N        Default: 5.
              --cases A,B,...   Some of: version add-small cat-small add-file add-tree cat cat-pipe
                                get-file get-file-sync get-tree get-tree-sync ls; limits (what the
                                machine allows); memory (Cairn's peak on much data, once); verify
                                export import stat pin-add pin-ls pin-ls-first, together called
                                store (a million blocks and pins). Default: all but memory and
                                store. The full run needs 25 GB, memory 20 GB, store 15 GB.
              --tiny FOLDER     Where memory's 1.2 million tiny files go: 6 GB of a tmpfs. Default:
                                /dev/shm/cairn-bench, deleted afterwards.
              --small           Little data, to try things out.
              --heading TEXT    A heading over the tables.
              --help            This.

            Needs a JDK 25, Maven, and GNU time in /usr/bin/time (Debian's package `time`).
            Nothing else should run on the machine meanwhile; the load is printed.
            """;

    /// Reads a command line.
    ///
    /// @param args `--cairn` and `--dir` always; as the script gives them
    /// @throws IllegalArgumentException when it can't be understood
    static Options parse(String[] args) {
        Path cairn = Path.of("cairn");
        Optional<Path> kubo = Optional.ofNullable(System.getenv("IPFS")).map(Path::of);
        Path dir = Path.of("compare");
        Path tiny = Path.of("/dev/shm/cairn-bench");
        int rounds = 5;
        List<String> cases = List.of();
        Sizes sizes = Sizes.FULL;
        Optional<String> heading = Optional.empty();
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--small" -> sizes = Sizes.SMALL;
                case "--cairn" -> cairn = absolute(value(option, rest));
                case "--kubo" -> kubo = Optional.of(value(option, rest)).map(Path::of);
                case "--dir" -> dir = absolute(value(option, rest));
                case "--tiny" -> tiny = absolute(value(option, rest));
                case "--rounds" -> rounds = positive(option, value(option, rest));
                case "--cases" -> cases = cases(value(option, rest));
                case "--heading" -> heading = Optional.of(value(option, rest));
                default -> throw new IllegalArgumentException("no such option: " + option);
            }
        }
        return new Options(
                cairn, kubo.map(Path::toAbsolutePath), dir, tiny, rounds, cases, sizes, heading);
    }

    /// Whether a case is to run.
    boolean wants(String name) {
        if (STORE_CASES.contains(name)) return cases.contains(name) || cases.contains("store");
        return cases.isEmpty() ? !name.equals("memory") : cases.contains(name);
    }

    private static List<String> cases(String text) {
        List<String> names = List.of(text.split(",", -1));
        for (String name : names)
            if (!CASES.contains(name) && !STORE_CASES.contains(name))
                throw new IllegalArgumentException("no such case: " + name);
        return names;
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) throw new IllegalArgumentException(option + " needs a value");
        return rest.pop();
    }

    private static int positive(String option, String text) {
        try {
            int value = Integer.parseInt(text);
            if (value > 0) return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + text, e);
        }
        throw new IllegalArgumentException(option + " needs a number above 0, not " + text);
    }
}
