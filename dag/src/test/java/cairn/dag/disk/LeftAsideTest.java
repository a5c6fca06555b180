package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a write does with a thing that stands where it goes on from.
class LeftAsideTest {
    @TempDir Path folder;
    private final MemoryDag dag = new MemoryDag();

    private Path out() {
        return folder.resolve("out");
    }

    private Path aside(Cid cid) throws IOException {
        return Placement.at(out(), cid).aside();
    }

    private void write(Cid cid) throws IOException {
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL)) {
            new TreeWriter(new Recheck.ByHash(MemoryDag.HASHES), WriteListener.NONE, 2, false)
                    .write(reader.open(cid), out(), LinkName.of("out"));
        }
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode") & 07777;
    }

    /// Written in place it would reach elsewhere, keep rights, or fail.
    @ParameterizedTest
    @ValueSource(strings = {"linked", "04755", "02755", "01755", "0444", "0200"})
    void a_file_that_is_not_plainly_our_own_is_made_anew(String how) throws IOException {
        Cid file = dag.file(MemoryDag.content(1000), 16, 10);
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "kept");
        if (how.equals("linked")) {
            Files.createLink(aside(file), elsewhere);
        } else {
            Files.writeString(aside(file), "left");
            Files.setAttribute(aside(file), "unix:mode", Integer.parseInt(how, 8));
        }

        write(file);

        assertThat(out()).hasBinaryContent(MemoryDag.content(1000));
        assertThat(elsewhere).hasContent("kept");
        assertThat(mode(out())).isEqualTo(mode(elsewhere));
    }

    private void assertInTheWay(Cid cid, String of) {
        assertThatThrownBy(() -> write(cid))
                .isInstanceOf(DiskException.class)
                .hasMessageEndingWith("is in the way of a " + of + "; remove it and try again");
    }

    @Test
    void what_is_in_the_way_is_said_to_be_removable() throws IOException {
        Cid file = dag.raw("x");
        Files.createDirectory(aside(file));
        assertInTheWay(file, "file");

        Cid directory = dag.directory();
        Files.writeString(aside(directory), "x");
        assertInTheWay(directory, "directory");

        Cid link = dag.symlink("there");
        Files.writeString(aside(link), "x");
        assertInTheWay(link, "symbolic link");
    }
}
