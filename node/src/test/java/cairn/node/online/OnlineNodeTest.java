package cairn.node.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.dag.MissingBlockException;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a Java program does with nodes of its own: the example that the documentation shows.
class OnlineNodeTest {
    @TempDir Path folder;

    private Path repo(String name) throws IOException {
        Path repo = folder.resolve(name);
        NodeOptions options = NodeOptions.DEFAULT;
        options.configure(repo, "Addresses.Swarm", Json.parse("[\"/ip4/127.0.0.1/tcp/0\"]"));
        options.configure(repo, "Bootstrap", Json.parse("[]"));
        options.configure(repo, "Discovery.MDNS.Enabled", Json.parse("false"));
        return repo;
    }

    @Test
    void one_adds_a_file_and_another_gets_and_pins_it() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Path photo = Files.write(folder.resolve("photo.jpg"), bytes);
        Path copy = folder.resolve("copy.jpg");

        try (OnlineNode ann = OnlineNode.open(repo("ann"));
                OnlineNode bob = OnlineNode.open(repo("bob"));
                CairnNode blocks = bob.fetching();
                UnixFsReader reader = blocks.reader();
                FileChannel out =
                        FileChannel.open(
                                copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Cid cid = ann.local().add(photo).cid();
            Multiaddr address = ann.host().listenAddresses().getFirst();
            bob.connect(address.withPeer(ann.host().id()));
            reader.openFile(DagPath.parse(cid.toString())).writeTo(out);
            blocks.pins().add(cid, Pin.Mode.RECURSIVE, "holiday");

            assertThat(copy).hasSameBinaryContentAs(photo);
            assertThat(bob.local().pins().get(cid)).map(Pin::name).contains("holiday");
        }
    }

    @Test
    void without_the_network_what_isnt_here_is_missing() throws Exception {
        Cid nowhere = Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
        try (OnlineNode node = OnlineNode.open(repo("one"))) {
            assertThatThrownBy(() -> node.local().pins().add(nowhere, Pin.Mode.RECURSIVE, ""))
                    .isInstanceOf(MissingBlockException.class);
        }
    }
}
