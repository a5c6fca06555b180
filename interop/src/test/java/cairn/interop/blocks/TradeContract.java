package cairn.interop.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.interop.Carrier;
import cairn.interop.HostPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What Cairn and another implementation give one another: all that is in the wares, byte for byte.
/// One node of each has them; who fetches is new each time.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TradeContract {
    private static final HostPlan EVERYWHERE =
            HostPlan.dialler()
                    .listening(Carrier.TCP)
                    .listening(Carrier.QUIC)
                    .listening(Carrier.WEBSOCKET);

    private Path folder;

    private Ware large;
    private Ware many;
    private Ware tiny;
    private Ware cbor;
    private Trader cairn;
    private Trader other;

    /// A node of the other implementation, which listens on each carrier.
    ///
    /// @param home a folder of its own, which isn't there yet
    abstract Trader start(HostPlan plan, Path home) throws IOException;

    @BeforeAll
    void stock(@TempDir Path shared) throws IOException {
        folder = shared;
        try (Wares wares = Wares.open(Files.createDirectory(folder.resolve("wares")))) {
            large = wares.file("large", 100_000_000, 1 << 20);
            many = wares.folder("many", 5_000, 2_000);
            tiny = wares.file("tiny", 50_000 * 64, 64);
            cbor = wares.cbor(2_000);
        }
        other = start(EVERYWHERE, folder.resolve("other"));
        cairn = CairnTrader.open(folder.resolve("cairn"), EVERYWHERE);
        for (Ware ware : List.of(large, many, tiny, cbor)) {
            other.take(ware.archive());
            cairn.take(ware.archive());
        }
    }

    @AfterAll
    void end() throws IOException {
        if (other != null) other.close();
        if (cairn != null) cairn.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "QUIC", "WEBSOCKET"})
    void a_hundred_megabytes_come_to_cairn(Carrier carrier) throws IOException {
        comesToCairn(large, carrier);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "QUIC", "WEBSOCKET"})
    void a_hundred_megabytes_go_to_the_other(Carrier carrier) throws IOException {
        goesToTheOther(large, carrier);
    }

    @Test
    void a_folder_of_5000_files_comes_to_cairn() throws IOException {
        comesToCairn(many, Carrier.TCP);
    }

    @Test
    void a_folder_of_5000_files_goes_to_the_other() throws IOException {
        goesToTheOther(many, Carrier.TCP);
    }

    @Test
    void fifty_thousand_tiny_blocks_come_to_cairn() throws IOException {
        assertThat(tiny.blocks()).isGreaterThan(50_000);
        comesToCairn(tiny, Carrier.TCP);
    }

    @Test
    void fifty_thousand_tiny_blocks_go_to_the_other() throws IOException {
        goesToTheOther(tiny, Carrier.TCP);
    }

    @Test
    void a_dag_of_dag_cbor_comes_to_cairn() throws IOException {
        comesToCairn(cbor, Carrier.TCP);
    }

    @Test
    void a_dag_of_dag_cbor_goes_to_the_other() throws IOException {
        goesToTheOther(cbor, Carrier.TCP);
    }

    private void comesToCairn(Ware ware, Carrier carrier) throws IOException {
        Path home = Files.createTempDirectory(folder, "cairn-");
        try (CairnTrader fetching = CairnTrader.open(home, HostPlan.dialler())) {
            fetching.dial(carrier.among(other.addresses()));
            assertThat(fetching.fetch(ware)).isEqualTo(ware.digest());
            var received = fetching.bitswap().client().stat().exchange().received();
            assertThat(received.blocks()).isEqualTo(ware.blocks());
            assertThat(received.duplicates()).isZero();
            assertThat(received.unwantedBytes()).isZero();
        }
    }

    private void goesToTheOther(Ware ware, Carrier carrier) throws IOException {
        Path home = Files.createTempDirectory(folder, "other-");
        try (Trader fetching = start(EVERYWHERE, home.resolve("home"))) {
            fetching.dial(carrier.among(cairn.addresses()));
            assertThat(fetching.fetch(ware)).isEqualTo(ware.digest());
        }
    }
}
