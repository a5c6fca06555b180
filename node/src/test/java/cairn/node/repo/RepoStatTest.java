package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.blockstore.rocks.RocksStore;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepoStatTest {
    private static final int SIZE = 3_000_000;

    @TempDir Path folder;

    private RepoStat stat() throws Exception {
        try (CairnNode node = CairnNode.open(folder.resolve("repo"), Access.READ)) {
            return node.stat();
        }
    }

    @Test
    void a_damaged_store_that_was_kept_is_no_part_of_what_the_quota_counts() throws Exception {
        Path repo = folder.resolve("repo");
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            node.add(Files.write(folder.resolve("file"), new byte[SIZE]));
        }
        RepoStat before = stat();
        Path damaged = Files.createDirectory(repo.resolve("store.damaged-1"));
        Files.write(damaged.resolve("000001.sst"), new byte[SIZE]);
        Files.createLink(damaged.resolve("000002.sst"), damaged.resolve("000001.sst"));
        try (Stream<Path> tables = Files.list(repo.resolve("store"))) {
            for (Path table : tables.filter(t -> t.toString().endsWith(".sst")).toList())
                Files.createLink(damaged.resolve("shared-" + table.getFileName()), table);
        }
        assertThat(stat())
                .returns(before.bytes(), RepoStat::bytes)
                .returns((long) SIZE, RepoStat::beside);
        assertThat(before.beside()).isZero();
        try (RocksStore store = RocksStore.openReadOnly(repo.resolve("store"))) {
            assertThat(before.bytes()).isEqualTo(store.bytesOnDisk());
        }
    }
}
