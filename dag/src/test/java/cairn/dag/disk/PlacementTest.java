package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {
    @TempDir Path folder;

    /// A file in the place of `/dev/null` breaks the machine that it is on.
    @Test
    void what_is_neither_file_folder_nor_link_is_not_replaced() throws Exception {
        MemoryDag dag = new MemoryDag();
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            var node = reader.open(dag.raw("x"));
            assertThatThrownBy(() -> Placement.of(node, socket, LinkName.of("x")).check(node))
                    .isInstanceOf(DiskException.class)
                    .hasMessageContaining("is a device, FIFO or socket");
            assertThat(Files.readAttributes(socket, BasicFileAttributes.class).isOther()).isTrue();
        }
    }
}
