package cairn.cli.files;

import cairn.dag.tree.ImportSource;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Finds out in the background how many bytes some sources have, for progress to know the end.
final class Sizer implements AutoCloseable {
    /// How long what is sent first waits for the sum: that of a few files is there at once.
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final BlockingQueue<Long> sum = new ArrayBlockingQueue<>(1);
    private boolean asked; // of the thread that asks for news
    private volatile boolean measures;
    private volatile boolean closed;

    /// @param known is told the sum, unless a source is a stream
    void measure(List<ImportSource> sources, LongConsumer known) {
        if (sources.stream().anyMatch(ImportSource.OfStream.class::isInstance)) return;
        measures = true;
        Thread.ofPlatform().daemon().name("sizer").start(() -> sum(sources, known));
    }

    /// The same, for who asks for [#news].
    void measure(List<ImportSource> sources) {
        measure(sources, sum::add);
    }

    /// The sum, once, when it is known.
    Optional<Long> news() {
        if (!measures) return Optional.empty();
        if (asked) return Optional.ofNullable(sum.poll());
        asked = true;
        try {
            return Optional.ofNullable(sum.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void sum(List<ImportSource> sources, LongConsumer known) {
        AtomicLong sum = new AtomicLong();
        try {
            for (ImportSource source : sources)
                if (source instanceof ImportSource.OfPath(Path path))
                    Files.walkFileTree(path, new Adder(sum));
        } catch (IOException e) {
            return; // the import meets the same and says so
        }
        if (!closed) known.accept(sum.get());
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Adder extends SimpleFileVisitor<Path> {
        private final AtomicLong sum;

        Adder(AtomicLong sum) {
            this.sum = sum;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) sum.addAndGet(attributes.size());
            return closed ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
