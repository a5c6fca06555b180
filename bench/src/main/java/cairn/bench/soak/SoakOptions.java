package cairn.bench.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What the command line asks a soak for.
///
/// @param time after which no further worker is started; empty for no end but `kills`
/// @param kills after which it ends
/// @param run the seed that decides all items, and what each thread chooses
/// @param dir where the repo is made and deleted; kept when something is wrong
/// @param hands threads that add and pin
/// @param duty percentage of the time that each thread works
/// @param pinned bytes that the pinned items may take, about
/// @param most bytes that the repo may ever take
/// @param longest time until a worker is killed
record SoakOptions(
        Optional<Duration> time,
        int kills,
        long run,
        Path dir,
        int hands,
        int duty,
        long pinned,
        long most,
        Duration longest) {
    static final String HELP =
            """
            usage: bench/run.sh --soak MINUTES [SEED] [options]

            A process adds, reads, pins, unpins and collects in several threads, and is killed at
            random moments, again and again. After each kill the repo is opened and every pin that
            was acknowledged must be there, whole, byte for byte. At the end, after a last
            collection, nothing else may be there, neither in the index nor on the disk. Ends with
            a line of counts; the exit code is 0 when all was well, 1 when not.

              --dir FOLDER     Where the repo goes. Default: bench/target/soak.
              --duty PERCENT   How much of the time each of the threads works. Default: 10.
              --hands N        Threads that add, read and pin. Default: 4.
              --pinned MB      About how much is pinned at a time. Default: 400.
              --most MB        More than that on the disk is an error. Default: 2048.
              --longest S      The most seconds until a kill. Default: 20.
              --kills N        End after so many kills.
            """;

    private static final long MB = 1_000_000;

    /// Reads a command line.
    ///
    /// @param fresh the seed when none is given
    /// @throws IllegalArgumentException when it can't be understood
    static SoakOptions parse(String[] args, long fresh) {
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        Optional<Duration> time = Optional.empty();
        long run = fresh;
        boolean seeded = false;
        int kills = Integer.MAX_VALUE;
        Path dir = Path.of("soak");
        int hands = 4;
        int duty = 10;
        long pinned = 400 * MB;
        long most = 2048 * MB;
        Duration longest = Duration.ofSeconds(20);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            switch (word) {
                case "--dir" -> dir = Path.of(value(word, rest)).toAbsolutePath().normalize();
                case "--duty" -> duty = Math.min(100, positive(word, rest));
                case "--hands" -> hands = positive(word, rest);
                case "--pinned" -> pinned = positive(word, rest) * MB;
                case "--most" -> most = positive(word, rest) * MB;
                case "--longest" -> longest = Duration.ofSeconds(positive(word, rest));
                case "--kills" -> kills = positive(word, rest);
                default -> {
                    long number = number(word);
                    if (time.isEmpty()) time = Optional.of(Duration.ofSeconds(number * 60));
                    else if (seeded) throw new IllegalArgumentException("no such option: " + word);
                    else {
                        run = number;
                        seeded = true;
                    }
                }
            }
        }
        if (time.isEmpty() && kills == Integer.MAX_VALUE)
            throw new IllegalArgumentException("say for how many minutes");
        return new SoakOptions(time, kills, run, dir, hands, duty, pinned, most, longest);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) throw new IllegalArgumentException(option + " needs a value");
        return rest.pop();
    }

    private static int positive(String option, Deque<String> rest) {
        long value = number(value(option, rest));
        if (value < 1 || value > Integer.MAX_VALUE)
            throw new IllegalArgumentException(option + " needs a number above 0");
        return (int) value;
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number and no option: " + word, e);
        }
    }
}
