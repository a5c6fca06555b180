package cairn.node;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much a repo holds.
///
/// @param blocks the number of blocks
/// @param bytes of all files in its folder
/// @param storageMax bytes that it may take: the setting `Datastore.StorageMax`, or without one
///   what it takes and the free disk
/// @param path of its folder
/// @param version of its layout
public record RepoStat(long blocks, long bytes, long storageMax, Path path, int version) {
    private static final String STORAGE_MAX = "Datastore.StorageMax";
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([kmgtpe]?)(i?)b?");

    static RepoStat of(RepoDirectory repo, Config config, long blocks) throws IOException {
        long bytes = bytes(repo.path());
        Optional<String> limit = config.text(STORAGE_MAX);
        long most =
                limit.isPresent()
                        ? size(limit.get())
                        : bytes + Files.getFileStore(repo.path()).getUsableSpace();
        return new RepoStat(
                blocks, bytes, most, repo.path().toAbsolutePath().normalize(), repo.checkVersion());
    }

    private static long bytes(Path folder) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) bytes.addAndGet(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        // A writer beside may have deleted it.
                        if (e instanceof java.nio.file.NoSuchFileException && !file.equals(folder))
                            return FileVisitResult.CONTINUE;
                        throw e;
                    }
                });
        return bytes.get();
    }

    /// A size as Kubo's settings have it: `10GB`, `1.5 TiB`.
    private static long size(String text) throws RepoException {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches())
            throw new RepoException(
                    "the setting "
                            + STORAGE_MAX
                            + " can't be \""
                            + text
                            + "\"; it takes a size such as 10GB");
        int power = " kmgtpe".indexOf(size.group(2).isEmpty() ? ' ' : size.group(2).charAt(0));
        BigDecimal unit = BigDecimal.valueOf(size.group(3).isEmpty() ? 1000 : 1024).pow(power);
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(unit);
        return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }
}
