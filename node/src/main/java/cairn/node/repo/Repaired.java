package cairn.node.repo;

import cairn.blockstore.rocks.RocksStore;
import cairn.blockstore.upkeep.Repair;
import cairn.multiformats.Hashes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the repair of a repo has made of it.
///
/// The new store is made in a folder of its own and takes the place of the damaged one by two
/// renames, when all of it is on disk. A repair that is broken off before has changed nothing;
/// between the two there is no store, and the next repair goes on there.
///
/// @param report what was saved and what was lost
/// @param damaged the folder to which the damaged store was moved; empty when nothing was damaged,
///   so that the repo was left as it is
public record Repaired(Repair.Report report, Optional<Path> damaged) {
    private static final String DAMAGED = "store.damaged-";

    public static Repaired run(RepoDirectory repo, Hashes hashes, Repair.Listener listener)
            throws IOException {
        Path repaired = repo.repairedStore();
        if (!Files.exists(repo.store()) && Files.exists(repaired)) return goOn(repo);
        if (!RocksStore.exists(repo.store()) && !repo.hasTables())
            throw new RepoException(
                    "there is nothing to repair: no store is in "
                            + repo.store()
                            + ". If it is on another disk, mount that");
        Path making = repo.path().resolve("store.repair");
        Path scratch = repo.path().resolve("store.repair-logs");
        for (Path left : new Path[] {making, scratch, repaired}) FolderTree.remove(left);
        Path aside = aside(repo);
        boolean done = false;
        Repair.Report report;
        try {
            report = Repair.run(repo.store(), making, scratch, hashes, listener);
            done = !report.needless();
        } finally {
            FolderTree.remove(scratch);
            if (!done) FolderTree.remove(making);
        }
        if (report.needless()) return new Repaired(report, Optional.empty());
        FolderTree.rename(making, repaired);
        FolderTree.rename(repo.store(), aside);
        FolderTree.rename(repaired, repo.store());
        repo.setVersion(RepoDirectory.VERSION);
        return new Repaired(report, Optional.of(aside));
    }

    /// Ends a repair that was broken off between its renames.
    private static Repaired goOn(RepoDirectory repo) throws IOException {
        FolderTree.rename(repo.repairedStore(), repo.store());
        repo.setVersion(RepoDirectory.VERSION);
        long[] pins = {0};
        try (RocksStore store = RocksStore.openReadOnly(repo.store())) {
            store.pins()
                    .forEach(
                            pin -> {
                                pins[0]++;
                                return true;
                            });
            return new Repaired(
                    new Repair.Report(
                            store.count(),
                            pins[0],
                            -1,
                            false,
                            Map.of("an earlier repair", "it was broken off at its very end"),
                            false),
                    Optional.of(repo.path()));
        }
    }

    /// The damaged stores that repairs have kept.
    static List<Path> kept(RepoDirectory repo) throws IOException {
        List<Path> kept = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(repo.path(), DAMAGED + "*")) {
            for (Path store : all) if (Files.isDirectory(store)) kept.add(store);
        }
        return kept;
    }

    /// A name for the damaged store that isn't taken.
    private static Path aside(RepoDirectory repo) {
        for (int i = 1; ; i++) {
            Path aside = repo.path().resolve(DAMAGED + i);
            if (!Files.exists(aside)) return aside;
        }
    }
}
