package cairn.libp2p.dial;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/// Attempts of which several callers want the outcome: the first to ask for a key does the work,
/// the others wait for what comes of it.
///
/// @param <K> what is attempted
/// @param <V> what comes of it
public final class SharedAttempts<K, V> {
    private final Map<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();

    /// Something that is attempted.
    ///
    /// @param <V> what comes of it
    @FunctionalInterface
    public interface Attempt<V> {
        V run() throws IOException;
    }

    /// Does the work, or waits for the one who does it. Where that one was interrupted, which is
    /// nobody else's failure, the next takes over.
    ///
    /// @throws IOException that the caller's own attempt threw
    /// @throws OthersFailureException when it was another's attempt that failed
    public V run(K key, Attempt<V> attempt) throws IOException {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> other = running.putIfAbsent(key, mine);
            if (other == null) return lead(key, mine, attempt);
            Optional<V> value = follow(other);
            if (value.isPresent()) return value.get();
        }
    }

    private V lead(K key, CompletableFuture<V> mine, Attempt<V> attempt) throws IOException {
        try {
            V value = attempt.run();
            mine.complete(value);
            return value;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(key, mine);
            mine.cancel(false);
        }
    }

    /// What came of another's attempt; empty where it was given up.
    private Optional<V> follow(CompletableFuture<V> other) throws IOException {
        try {
            return Optional.of(other.get());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another's attempt");
        } catch (ExecutionException e) {
            throw new OthersFailureException(e.getCause());
        }
    }
}
