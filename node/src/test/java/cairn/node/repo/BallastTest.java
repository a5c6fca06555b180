package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.blockstore.DiskFullException;
import cairn.blockstore.StoreFullException;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import cairn.node.collection.CollectionListener;
import cairn.node.json.Json;
import cairn.testkit.MemoryDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repo on a disk that others have filled to the last byte.
class BallastTest {
    private static final int MIB = 1 << 20;

    @TempDir Path mount;
    @TempDir Path folder;
    private Optional<MemoryDisk> disk;

    @BeforeEach
    void mount_a_small_file_system() throws Exception {
        disk = MemoryDisk.mount(mount, 64);
        assumeTrue(disk.isPresent(), "mounting is not permitted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk.isPresent()) disk.get().close();
    }

    @Test
    void a_full_disk_can_be_cleaned_from_inside_and_the_ballast_comes_back() throws Exception {
        Cid kept = add(random("kept", 100_000));
        Cid garbage = add(random("garbage", 12 * MIB));
        assertThat(ballast()).hasSize(Ballast.BYTES);
        fill();

        assertThatThrownBy(() -> add(random("more", 12 * MIB)))
                .isInstanceOf(StoreFullException.class);
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            node.pins().remove(List.of(garbage));
        }
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            assertThat(node.collector().collect(CollectionListener.NONE).freed())
                    .isGreaterThan(11 * MIB);
            assertThat(node.blocks().has(kept.hash())).isTrue();
        }
        assertThat(ballast()).hasSize(Ballast.BYTES);
    }

    /// Each deletion takes room in the log before anything comes back.
    @Test
    void it_is_enough_for_a_collection_of_many_small_blocks() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        for (int i = 0; i < 10_000; i++)
            Files.writeString(small.resolve("file" + i), "the content of number " + i);
        Cid cid = add(small);
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            node.pins().remove(List.of(cid));
        }
        fill();
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            assertThat(node.collector().collect(CollectionListener.NONE).blocks())
                    .isGreaterThan(10_000);
        }
    }

    @Test
    void without_it_the_message_says_what_to_do_and_nothing_is_lost() throws Exception {
        Cid kept = add(random("kept", 100_000));
        Files.delete(ballast());
        fill();
        assertThatThrownBy(() -> CairnNode.open(repo(), Access.WRITE))
                .isInstanceOf(DiskFullException.class)
                .hasMessageContaining("disk of the repo " + repo() + " is full")
                .hasMessageContaining("delete or move")
                .hasMessageContaining("cairn repo gc");
        try (CairnNode node = CairnNode.open(repo(), Access.READ)) {
            assertThat(node.blocks().has(kept.hash())).isTrue();
        }
    }

    @Test
    void settings_that_find_no_room_leave_nothing_behind() throws Exception {
        add(random("kept", 1000));
        fill();
        String before = Files.readString(repo().resolve("config"));
        assertThatThrownBy(
                        () ->
                                NodeOptions.DEFAULT.configure(
                                        repo(), "Import.CidVersion", Json.Num.of(1)))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("disk is full")
                .hasMessageContaining("cairn repo gc");
        assertThat(repo().resolve("config.new")).doesNotExist();
        assertThat(repo().resolve("config")).hasContent(before);
    }

    @Test
    void one_that_was_cut_short_is_made_again() throws Exception {
        add(random("kept", 1000));
        Files.write(ballast(), new byte[1000]);
        add(random("more", 1000));
        assertThat(ballast()).hasSize(Ballast.BYTES);
    }

    @Test
    void what_a_repo_holds_is_told_without_it() throws Exception {
        add(random("kept", 1000));
        try (CairnNode node = CairnNode.open(repo(), Access.READ)) {
            assertThat(node.stat().bytes()).isLessThan(Ballast.BYTES);
        }
    }

    private Path repo() {
        return mount.resolve("repo");
    }

    private Path ballast() {
        return repo().resolve("ballast");
    }

    private Cid add(Path file) throws IOException {
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            return node.add(file).cid();
        }
    }

    private Path random(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    /// Takes all room, down to the last byte.
    private void fill() throws IOException {
        byte[] page = new byte[4096];
        assertThatThrownBy(
                        () -> {
                            try (OutputStream out =
                                    Files.newOutputStream(mount.resolve("others"))) {
                                while (true) out.write(page);
                            }
                        })
                .isInstanceOf(IOException.class);
        assertThat(Files.getFileStore(mount).getUsableSpace()).isZero();
    }
}
