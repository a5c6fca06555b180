package cairn.node.repo;

import cairn.blockstore.rocks.Limits;
import cairn.blockstore.rocks.RocksStore;
import java.io.IOException;

/// The ways from one version of repos to the next, and back.
///
/// Version 2 keeps the number of blocks in the store. A repo of version 1 goes to 2 when it is
/// first opened for writing: it takes one pass over the index, some seconds for ten million blocks,
/// and touches nothing that was there.
///
/// The store's layout and the file `version` have the same number. Both ways, the greater of the
/// two is on disk from the first change to the last, so that no older program takes the repo for
/// its own in between; after a kill the next try goes on.
public final class Migration {
    private Migration() {}

    /// Opens the store for writing; store and repo are of the newest version on return.
    public static RocksStore openUpToDate(RepoDirectory repo, Limits limits) throws IOException {
        RocksStore store = RocksStore.open(repo.store(), limits);
        boolean done = false;
        try {
            if (repo.checkVersion() < RepoDirectory.VERSION) repo.setVersion(RepoDirectory.VERSION);
            done = true;
            return store;
        } finally {
            if (!done) store.close();
        }
    }

    /// Brings a repo that is locked to a version.
    ///
    /// @return the version that it had
    public static int run(RepoDirectory repo, int to) throws IOException {
        int from = repo.checkVersion();
        if (to < 1 || to > RepoDirectory.VERSION)
            throw new RepoException(
                    "there is no way to version "
                            + to
                            + ": this Cairn knows versions 1 to "
                            + RepoDirectory.VERSION);
        try (RocksStore store = openUpToDate(repo, Limits.NONE)) {
            if (to < RepoDirectory.VERSION) store.downgrade();
        }
        if (to < RepoDirectory.VERSION) repo.setVersion(to);
        return from;
    }
}
