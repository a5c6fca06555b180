package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.upkeep.StoreCopy;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.keys.KeyName;
import cairn.node.keys.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of a repo beside one another, and beside a repair.
class BackupTest {
    private static final StoreCopy.Listener NONE = copied -> {};

    @TempDir Path folder;

    @BeforeEach
    void fill() throws IOException {
        fill(repo().path());
    }

    private void fill(Path repo) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x".repeat(3_000_000));
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            node.add(file);
        }
    }

    private RepoDirectory repo() {
        return new RepoDirectory(folder.resolve("repo"));
    }

    private Path target() {
        return folder.resolve("copies/copy");
    }

    private void backup(StoreCopy.Listener listener) throws IOException {
        Files.createDirectories(target().getParent());
        Backup.run(repo(), target(), Duration.ZERO, listener);
    }

    private List<String> beside() throws IOException {
        try (Stream<Path> files = Files.list(target().getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// Once, when something of the first store was copied.
    private static StoreCopy.Listener once(StoreCopy.Listener action) {
        boolean[] done = {false};
        return copied -> {
            if (done[0]) return;
            done[0] = true;
            action.copied(copied);
        };
    }

    @Test
    void of_two_at_once_the_first_to_end_is_whole_and_the_other_says_so() throws Exception {
        assertThatThrownBy(() -> backup(once(_ -> backup(NONE))))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("is there already");
        assertThat(beside()).containsExactly("copy");
        try (CairnNode copy = CairnNode.open(target(), Access.READ)) {
            assertThat(copy.verifier().run(false, new cairn.node.Verifier.Listener() {}).isWhole())
                    .isTrue();
        }
    }

    @Test
    void what_a_copy_left_that_was_broken_off_goes_and_what_another_makes_stays() throws Exception {
        Path left = Files.createDirectories(target().resolveSibling(".copy.partial-left"));
        Path used = Files.createDirectories(target().resolveSibling(".copy.partial-used"));
        RepoLock.take(left, "backup", Duration.ZERO, owner -> {}).close();
        Files.createDirectory(left.resolve("store"));
        try (RepoLock _ = RepoLock.take(used, "backup", Duration.ZERO, owner -> {})) {
            backup(NONE);
            assertThat(beside()).containsExactlyInAnyOrder("copy", ".copy.partial-used");
        }
        assertThat(target().resolve("repo.lock")).doesNotExist();
    }

    @Test
    void a_store_that_a_repair_replaces_meanwhile_is_not_taken_for_the_one_it_was()
            throws Exception {
        RepoDirectory other = new RepoDirectory(folder.resolve("other"));
        fill(other.path());
        StoreCopy.Listener repair =
                once(
                        _ -> {
                            FolderTree.rename(repo().store(), repo().path().resolve("damaged"));
                            FolderTree.rename(other.store(), repo().store());
                        });
        assertThatThrownBy(() -> backup(repair))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("repaired");
        assertThat(beside()).isEmpty();
    }

    @Test
    void a_copy_has_the_keys_and_they_are_for_its_owner_only() throws Exception {
        KeyName name = new KeyName("blog");
        SigningKey key = SigningKey.generate();
        Keys keys = new Keys(repo());
        keys.add(name, key);
        SigningKey own = keys.ownOrNew();
        Files.write(repo().keystore().resolve("huge"), new byte[1 << 20]);
        backup(NONE);
        Keys copied = new Keys(new RepoDirectory(target()));
        assertThat(copied.own().orElseThrow().encode()).isEqualTo(own.encode());
        assertThat(copied.get(name).encode()).isEqualTo(key.encode());
        assertThat(target().resolve("keystore/huge")).doesNotExist();
    }
}
