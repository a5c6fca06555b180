package cairn.cli.files;

import cairn.dag.importer.ImportSource;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Finds out in the background how many bytes some sources have, for progress to know the end.
final class Sizer implements AutoCloseable {
    private volatile boolean closed;

    /// @param known is told the sum, unless a source is a stream
    void measure(List<ImportSource> sources, LongConsumer known) {
        if (sources.stream().anyMatch(ImportSource.OfStream.class::isInstance)) return;
        Thread.ofPlatform().daemon().name("sizer").start(() -> sum(sources, known));
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
