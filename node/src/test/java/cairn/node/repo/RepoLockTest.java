package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepoLockTest {
    @TempDir Path repo;

    private RepoLock take(Duration patience) throws Exception {
        return RepoLock.take(repo, "test", patience, owner -> {});
    }

    /// The system takes the lock away with the first channel that a process closes.
    @Test
    void one_who_gives_up_in_the_same_process_leaves_the_lock_to_its_owner() throws Exception {
        try (RepoLock _ = take(Duration.ZERO)) {
            assertThatThrownBy(() -> take(Duration.ZERO)).isInstanceOf(RepoException.class);
            assertThat(takenElsewhere()).isFalse();
        }
        assertThat(takenElsewhere()).isTrue();
        take(Duration.ZERO).close();
    }

    @Test
    void interrupted_wait_says_so_and_leaves_the_flag() throws Exception {
        try (RepoLock _ = take(Duration.ZERO)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> take(Duration.ofMinutes(1)))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /// Whether another process gets the lock.
    private boolean takenElsewhere() throws Exception {
        String classes = place(RepoLock.class) + java.io.File.pathSeparator + place(Taker.class);
        Process taker =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classes,
                                Taker.class.getName(),
                                repo.toString())
                        .start();
        try (var out = taker.inputReader()) {
            boolean taken = out.readLine().equals("taken");
            taker.waitFor();
            return taken;
        }
    }

    private static Path place(Class<?> type) throws Exception {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(place);
    }

    /// Tries to take the lock, and says how that went.
    static final class Taker {
        private Taker() {}

        public static void main(String[] args) throws Exception {
            try (RepoLock _ =
                    RepoLock.take(Path.of(args[0]), "taker", Duration.ZERO, owner -> {})) {
                System.out.println("taken");
            } catch (RepoException e) {
                System.out.println("in use");
            }
        }
    }
}
