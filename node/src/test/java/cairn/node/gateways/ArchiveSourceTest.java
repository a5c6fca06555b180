package cairn.node.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.client.Source;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.dag.car.CarWriter;
import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.multiformats.Block;
import cairn.multiformats.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An archive that several sessions read at once.
@Timeout(30)
final class ArchiveSourceTest {
    private final List<SessionSources> sessions = new ArrayList<>();
    private TestServer server;
    private HttpSources sources;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer();
        sources =
                HttpSources.open(
                        List.of(SourceAddress.parse(server.uri() + "/data.car")),
                        new Bandwidth(Rates.UNLIMITED),
                        Hashes.jdk());
    }

    @AfterEach
    void close() {
        sessions.forEach(SessionSources::close);
        sources.close();
        server.close();
    }

    private List<Block> archive(int count, int size) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) blocks.add(Answers.block(i, size));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CarWriter writer =
                new CarWriter(Channels.newChannel(bytes), List.of(blocks.getFirst().cid()));
        for (Block block : blocks) writer.put(block);
        writer.finish();
        server.put("/data.car", bytes.toByteArray());
        return blocks;
    }

    /// Each session takes the root and leaves what came with it: all of it was read, or more than
    /// is held.
    @ParameterizedTest
    @ValueSource(ints = {1000, 2 << 20})
    void sessions_that_take_nothing_more_keep_no_other_from_reading(int size) throws Exception {
        List<Block> blocks = archive(8, size);
        List<Answers> answers = new ArrayList<>();
        List<Source> all = new ArrayList<>();
        for (int i = 0; i < 2 * Reads.MOST_AT_ONCE; i++) {
            sessions.add(sources.begin());
            all.add(sessions.getLast().all().getFirst());
            answers.add(new Answers(all.getLast()));
            all.getLast().want(blocks.getFirst().cid(), Kind.BLOCK, answers.getLast());
        }
        for (Answers each : answers) await().until(() -> each.blocks.size() == 1);

        for (Block block : blocks.subList(1, blocks.size()))
            for (int i = 0; i < all.size(); i++)
                all.get(i).want(block.cid(), Kind.BLOCK, answers.get(i));
        for (Answers each : answers) await().until(() -> each.blocks.size() == blocks.size());
        assertThat(server.asked).hasSize(all.size());
    }
}
