package cairn.interop.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.interop.HostPlan;
import cairn.interop.RealPeers;
import cairn.interop.Workshop;
import cairn.node.gateways.SourceStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Cairn fetches from the gateway of a Kubo, which is no peer of it, so that all comes from there:
/// block by block, and as archives.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KuboGatewayTest {
    private Path folder;
    private Ware file;
    private Ware many;
    private Ware cbor;
    private KuboTrader kubo;
    private String gateway;

    @BeforeAll
    void stock(@TempDir Path shared) throws IOException {
        folder = shared;
        try (Wares wares = Wares.open(Files.createDirectory(folder.resolve("wares")))) {
            file = wares.file("file", 20_000_000, 1 << 20);
            many = wares.folder("many", 1_000, 2_000);
            cbor = wares.cbor(500);
        }
        kubo =
                RealPeers.orLeaveOut(
                        () ->
                                KuboTrader.start(
                                        Workshop.here(), folder.resolve("kubo"), Optional.empty()));
        for (Ware ware : List.of(file, many, cbor)) kubo.take(ware.archive());
        gateway = kubo.daemon().gateway();
    }

    @AfterAll
    void end() throws IOException {
        if (kubo != null) kubo.close();
    }

    private CairnTrader cairn(String source) throws IOException {
        Path repo = Files.createTempDirectory(folder, "cairn-");
        return CairnTrader.open(repo, HostPlan.dialler(), List.of(source));
    }

    private Ware ware(Ware.Shape shape) {
        return switch (shape) {
            case FILE -> file;
            case FOLDER -> many;
            case DAG -> cbor;
        };
    }

    @ParameterizedTest
    @EnumSource
    void each_block_comes_once_from_the_gateway(Ware.Shape shape) throws IOException {
        Ware ware = ware(shape);
        try (CairnTrader fetching = cairn(gateway)) {
            assertThat(fetching.fetch(ware)).isEqualTo(ware.digest());

            SourceStat stat = fetching.sources().getFirst();
            assertThat(stat.blocks()).isEqualTo(ware.blocks());
            assertThat(stat.banned()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_dag_comes_as_an_archive(Ware.Shape shape) throws IOException {
        Ware ware = ware(shape);
        try (CairnTrader fetching = cairn(gateway + "/ipfs/" + ware.root() + "?format=car")) {
            assertThat(fetching.fetch(ware)).isEqualTo(ware.digest());

            SourceStat stat = fetching.sources().getFirst();
            assertThat(stat.blocks()).isPositive();
            assertThat(stat.banned()).isFalse();
        }
    }
}
