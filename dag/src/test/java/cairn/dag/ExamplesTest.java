package cairn.dag;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.ImportOptions;
import cairn.dag.tree.ImportSource;
import cairn.dag.importer.Importer;
import cairn.dag.importer.Profile;
import cairn.dag.tree.TreeOptions;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples that the documentation of packages gives, one after the other.
class ExamplesTest {
    @TempDir Path dir;
    private final MemoryDag blocks = new MemoryDag();

    @Test
    void what_is_imported_is_read_back() throws Exception {
        byte[] photo = MemoryDag.content(3 << 20);
        Files.write(dir.resolve(".hidden.jpg"), photo);

        ImportOptions format = ImportOptions.of(Profile.UNIXFS_V1_2025);
        TreeOptions tree = TreeOptions.DEFAULT.withHidden(true);
        Cid root;
        try (Importer importer =
                new Importer(format, tree, Hashes.jdk(), blocks::put, ImportListener.NONE)) {
            root = importer.importOne(ImportSource.path(dir)).cid();
        }

        DagPath path = DagPath.parse("/ipfs/" + root + "/.hidden.jpg");
        try (UnixFsReader reader = new UnixFsReader(blocks, ReadAhead.LOCAL);
                InputStream in = reader.openFile(path).openStream()) {
            assertThat(in).hasBinaryContent(photo);
        }
    }
}
