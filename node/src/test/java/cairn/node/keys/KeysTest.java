package cairn.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.SigningKey;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import cairn.node.repo.RepoDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final KeyName BLOG = new KeyName("blog");
    private static final KeyName PHOTOS = new KeyName("photos");

    @TempDir Path folder;

    private Keys keys() {
        return new Keys(new RepoDirectory(folder));
    }

    @Test
    void the_nodes_own_key_is_made_once() throws Exception {
        assertThat(keys().own()).isEmpty();
        SigningKey made = keys().ownOrNew();
        assertThat(keys().ownOrNew().encode()).isEqualTo(made.encode());
        assertThat(keys().own().orElseThrow().encode()).isEqualTo(made.encode());
    }

    @Test
    void a_repo_that_has_none_gets_a_key_of_its_own_when_its_keys_are_asked_for() throws Exception {
        Path repo = folder.resolve("repo");
        CairnNode.open(repo, Access.WRITE).close();
        SigningKey own = NodeOptions.DEFAULT.keys(repo).own().orElseThrow();
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            assertThat(node.keys().ownOrNew().encode()).isEqualTo(own.encode());
        }
    }

    @Test
    void a_key_has_its_name_until_it_is_removed() throws Exception {
        SigningKey key = SigningKey.generate();
        keys().add(BLOG, key);
        keys().add(PHOTOS, SigningKey.generate());
        assertThat(keys().names()).containsExactly(BLOG, PHOTOS);
        assertThat(keys().get(BLOG).encode()).isEqualTo(key.encode());
        assertThat(keys().remove(List.of(BLOG)).getFirst().encode()).isEqualTo(key.encode());
        assertThat(keys().find(BLOG)).isEmpty();
        assertThat(keys().names()).containsExactly(PHOTOS);
    }

    @Test
    void no_key_takes_the_place_of_another() throws Exception {
        SigningKey key = SigningKey.generate();
        keys().add(BLOG, key);
        assertThatThrownBy(() -> keys().add(BLOG, SigningKey.generate()))
                .isInstanceOf(KeyException.class)
                .hasMessage("key with name 'blog' already exists");
        assertThat(keys().get(BLOG).encode()).isEqualTo(key.encode());
    }

    @Test
    void of_several_keys_all_are_removed_or_none() throws Exception {
        keys().add(BLOG, SigningKey.generate());
        assertThatThrownBy(() -> keys().remove(List.of(BLOG, PHOTOS)))
                .isInstanceOf(KeyException.class)
                .hasMessage("no key named photos was found");
        assertThat(keys().names()).containsExactly(BLOG);
    }

    @Test
    void a_key_gets_the_name_of_another_only_by_force() throws Exception {
        SigningKey key = SigningKey.generate();
        keys().add(BLOG, key);
        keys().add(PHOTOS, SigningKey.generate());
        assertThatThrownBy(() -> keys().rename(BLOG, PHOTOS, false))
                .isInstanceOf(KeyException.class);
        assertThat(keys().names()).containsExactly(BLOG, PHOTOS);
        assertThat(keys().rename(BLOG, PHOTOS, true).overwrote()).isTrue();
        assertThat(keys().names()).containsExactly(PHOTOS);
        assertThat(keys().get(PHOTOS).encode()).isEqualTo(key.encode());
        assertThat(keys().rename(PHOTOS, PHOTOS, true).overwrote()).isFalse();
        assertThat(keys().rename(PHOTOS, BLOG, false).overwrote()).isFalse();
        assertThat(keys().names()).containsExactly(BLOG);
    }

    @Test
    void the_old_key_of_a_node_gets_a_name() throws Exception {
        SigningKey old = keys().ownOrNew();
        SigningKey next = SigningKey.generate();
        keys().rotate(BLOG, next);
        assertThat(keys().own().orElseThrow().encode()).isEqualTo(next.encode());
        assertThat(keys().get(BLOG).encode()).isEqualTo(old.encode());
    }

    @Test
    void the_old_key_of_a_node_takes_no_other_keys_name() throws Exception {
        SigningKey own = keys().ownOrNew();
        keys().add(BLOG, SigningKey.generate());
        assertThatThrownBy(() -> keys().rotate(BLOG, SigningKey.generate()))
                .isInstanceOf(KeyException.class);
        assertThat(keys().own().orElseThrow().encode()).isEqualTo(own.encode());
    }

    @Test
    void a_rotation_that_was_broken_off_can_be_done_again() throws Exception {
        keys().add(BLOG, keys().ownOrNew());
        SigningKey next = SigningKey.generate();
        keys().rotate(BLOG, next);
        assertThat(keys().own().orElseThrow().encode()).isEqualTo(next.encode());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void a_key_is_for_its_owner_only() throws Exception {
        keys().ownOrNew();
        keys().add(BLOG, SigningKey.generate());
        assertThat(permissions("identity")).isEqualTo("rw-------");
        assertThat(permissions("keystore")).isEqualTo("rwx------");
        assertThat(permissions("keystore/" + BLOG.file())).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw------x", "rw--w----"})
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void a_key_that_others_may_use_is_refused(String permissions) throws Exception {
        keys().ownOrNew();
        keys().add(BLOG, SigningKey.generate());
        var set = PosixFilePermissions.fromString(permissions);
        Files.setPosixFilePermissions(folder.resolve("identity"), set);
        Files.setPosixFilePermissions(folder.resolve("keystore/" + BLOG.file()), set);
        for (Reading reading : List.<Reading>of(Keys::own, Keys::ownOrNew, k -> k.find(BLOG)))
            assertThatThrownBy(() -> reading.from(keys()))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("chmod 600");
    }

    @Test
    void a_file_that_holds_no_key_is_refused_and_left_as_it_is() throws Exception {
        SigningKey key = keys().ownOrNew();
        byte[] bytes = key.encode();
        Path file = folder.resolve("identity");
        for (int size : List.of(0, 1, bytes.length - 1, bytes.length + 1, 1 << 20)) {
            Files.write(file, Arrays.copyOf(bytes, size));
            assertThatThrownBy(() -> keys().ownOrNew())
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining(file + " is damaged");
            assertThat(Files.size(file)).isEqualTo(size);
        }
    }

    @Test
    void other_files_in_the_keystore_are_passed_over() throws Exception {
        keys().add(BLOG, SigningKey.generate());
        Files.writeString(folder.resolve("keystore/key_me.new"), "half");
        Files.writeString(folder.resolve("keystore/README"), "hello");
        assertThat(keys().names()).containsExactly(BLOG);
    }

    private interface Reading {
        Object from(Keys keys) throws IOException;
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }
}
