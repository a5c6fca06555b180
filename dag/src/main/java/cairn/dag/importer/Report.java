package cairn.dag.importer;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import cairn.dag.importer.ImportFailedException.BadEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an import has to say: to its listener, and at its end about bad entries. Belongs to the
/// owner of the work.
final class Report {
    private final ImportListener listener;
    private final boolean heard;
    private final List<BadEntry> bad = new ArrayList<>();
    private long badCount;
    private long bytes;

    Report(ImportListener listener) {
        this.listener = listener;
        heard = listener.hearsAdded();
    }

    /// Whether anybody hears of entries that were added.
    boolean isHeard() {
        return heard;
    }

    void progress(long more) {
        bytes += more;
        listener.progress(bytes);
    }

    void added(LinkName path, Imported.Kind kind, Node node) {
        if (heard) listener.added(new Imported(path, kind, node.cid(), node.size()));
    }

    /// Reports folders, each after those within it.
    void added(Folder.Finished folder, LinkName path) {
        for (Folder.Finished inner : folder.folders())
            added(inner, path.isEmpty() ? inner.name() : path.joined(inner.name()));
        added(path, Imported.Kind.DIRECTORY, folder.node());
    }

    void bad(Path path, String reason) {
        bad(PathBytes.of(path), reason);
    }

    void bad(LinkName path, String reason) {
        badCount++;
        if (bad.size() < ImportFailedException.MAX_ENTRIES) bad.add(new BadEntry(path, reason));
    }

    boolean isBad() {
        return badCount > 0;
    }

    /// @throws ImportFailedException when there were bad entries
    void check() throws ImportFailedException {
        if (badCount == 0) return;
        ImportFailedException failed = new ImportFailedException(bad, badCount);
        bad.clear();
        badCount = 0;
        throw failed;
    }
}
