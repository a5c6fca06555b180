package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.MemoryDag;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EntryLimitTest {
    @Test
    void entries_are_bounded_by_what_the_root_declares() throws IOException {
        MemoryDag dag = new MemoryDag();
        Cid cid = dag.directory(MemoryDag.link("a", dag.directory(), 800));
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL)) {
            UnixFsNode root = reader.open(cid);
            EntryLimit limit = new EntryLimit(root, 10);
            long most = 10 + root.cumulativeSize() / 8;
            for (long i = 0; i < most; i++) limit.add();
            assertThatThrownBy(limit::add)
                    .isInstanceOf(DagException.class)
                    .hasMessageContaining(cid + " unfolds into over " + most + " entries");
        }
    }
}
