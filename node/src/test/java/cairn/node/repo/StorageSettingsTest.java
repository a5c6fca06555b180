package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.node.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageSettingsTest {
    private static Config with(String key, String value) throws Exception {
        return Config.initial().with("Datastore." + key, new Json.Str(value));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "10GB, 10000000000",
        "10 gb, 10000000000",
        "1.5GiB, 1610612736",
        "512MiB, 536870912",
        "2k, 2000",
        "20Ki, 20480",
        "9EB, 9000000000000000000"
    })
    void sizes_are_as_kubo_has_them(String text, long bytes) throws Exception {
        assertThat(StorageSettings.of(with("StorageMax", text)).max()).hasValue(bytes);
        assertThat(StorageSettings.of(with("StorageReserve", text)).reserve()).hasValue(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "StorageMax, '', a size such as 10GB",
        "StorageMax, much, a size such as 10GB",
        "StorageMax, -1GB, a size such as 10GB",
        "StorageMax, 1e30, a size such as 10GB",
        "StorageMax, 0, a size above zero; without a limit it is: cairn config --json",
        "StorageMax, 0.0GB, a size above zero",
        "StorageMax, 10EB, a size of less than 9.2EB",
        "StorageReserve, 999999999999999999EB, a size of less than 9.2EB",
        "StorageReserve, 10XB, a size such as 10GB",
        "StorageGCWatermark, 0, a percentage",
        "StorageGCWatermark, 101, a percentage",
        "StorageGCWatermark, half, a whole number",
        "GCPeriod, '', a time such as 1h",
        "GCPeriod, 1d, a time such as 1h",
        "GCPeriod, 9999999h, a time such as 1h",
        "AutoGC, maybe, true or false"
    })
    void what_makes_no_sense_is_refused_and_named(String key, String value, String wanted) {
        assertThatThrownBy(() -> with(key, value))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("Datastore." + key)
                .hasMessageContaining(wanted);
    }

    @Test
    void a_reserve_may_be_nothing() throws Exception {
        assertThat(StorageSettings.of(with("StorageReserve", "0")).reserve()).hasValue(0L);
    }

    @Test
    void a_repo_collects_nothing_by_itself_and_keeps_a_reserve_unless_told(@TempDir Path folder)
            throws Exception {
        StorageSettings settings = StorageSettings.of(Config.initial());
        assertThat(settings.automatic()).isFalse();
        assertThat(settings.watermark()).isEqualTo(90);
        assertThat(settings.period()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.limits(folder).bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(settings.limits(folder).reserve())
                .isPositive()
                .isLessThanOrEqualTo(StorageSettings.RESERVE)
                .isLessThanOrEqualTo(Files.getFileStore(folder).getTotalSpace() / 20);
        assertThat(StorageSettings.of(with("GCPeriod", "1h30m")).period())
                .isEqualTo(Duration.ofMinutes(90));
    }
}
