package cairn.dag.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.Mtime;
import cairn.dag.importer.ImportOptions.HamtMeasure;
import cairn.dag.importer.ImportOptions.Layout;
import cairn.multiformats.Multicodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportOptionsTest {
    private static ImportOptionsBuilder v0() {
        return ImportOptions.builder(Profile.UNIXFS_V0_2015);
    }

    private static ImportOptionsBuilder kubo() {
        return ImportOptions.builder(Profile.KUBO_DEFAULT);
    }

    private static ImportOptionsBuilder v1() {
        return ImportOptions.builder(Profile.UNIXFS_V1_2025);
    }

    @Test
    void profiles_are_as_IPIP_499_has_them() {
        ImportOptions old = v0().build();
        assertThat(old.cidVersion()).isZero();
        assertThat(old.rawLeaves()).isFalse();
        assertThat(old.chunker()).hasToString("size-262144");
        assertThat(old.maxFileLinks()).isEqualTo(174);
        assertThat(old.hamtMeasure()).isEqualTo(HamtMeasure.LINKS);

        ImportOptions current = v1().build();
        assertThat(current.cidVersion()).isOne();
        assertThat(current.rawLeaves()).isTrue();
        assertThat(current.chunker()).hasToString("size-1048576");
        assertThat(current.maxFileLinks()).isEqualTo(1024);
        assertThat(current.hamtMeasure()).isEqualTo(HamtMeasure.BLOCK);

        for (ImportOptions options : new ImportOptions[] {old, current}) {
            assertThat(options.hash()).isEqualTo(Multicodec.SHA2_256);
            assertThat(options.layout()).isEqualTo(Layout.BALANCED);
            assertThat(options.maxDirectoryLinks()).isZero();
            assertThat(options.hamtFanout()).isEqualTo(256);
            assertThat(options.hamtThreshold()).isEqualTo(262_144);
            assertThat(options.inlineLimit()).isEmpty();
        }
    }

    @Test
    void version_1_implies_raw_leaves_where_no_profile_says_them() {
        assertThat(kubo().build().rawLeaves()).isFalse();
        assertThat(kubo().cidVersion(1).build().rawLeaves()).isTrue();
        assertThat(kubo().cidVersion(1).rawLeaves(false).build().rawLeaves()).isFalse();
        assertThat(v0().cidVersion(1).build().rawLeaves()).isFalse();
    }

    @Test
    void the_profile_of_2025_has_raw_leaves_with_version_0_too() {
        assertThat(v1().cidVersion(0).build().rawLeaves()).isTrue();
    }

    @Test
    void another_hash_implies_version_1_where_no_profile_says_it() {
        ImportOptions options = kubo().hash(Multicodec.SHA2_512).build();
        assertThat(options.cidVersion()).isOne();
        assertThat(options.rawLeaves()).isTrue();
        assertThatThrownBy(() -> v0().hash(Multicodec.SHA2_512).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sha2-256");
    }

    @Test
    void another_hash_with_an_explicit_version_0_is_an_error() {
        assertThatThrownBy(() -> kubo().hash(Multicodec.SHA2_512).cidVersion(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sha2-256");
    }

    @Test
    void metadata_turns_raw_leaves_off() {
        assertThat(v1().preserveMode(true).build().rawLeaves()).isFalse();
        assertThat(v1().preserveMtime(true).build().rawLeaves()).isFalse();
        assertThat(v1().mode(0644).build().rawLeaves()).isFalse();
        assertThat(v1().mtime(new Mtime(-1, 0)).build().rawLeaves()).isFalse();
    }

    @Test
    void metadata_with_explicit_raw_leaves_is_an_error() {
        assertThatThrownBy(() -> v1().rawLeaves(true).preserveMode(true).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raw leaves");
    }

    @Test
    void a_mode_or_time_of_0_is_none() {
        ImportOptions options = v1().mode(0).mtime(new Mtime(0, 0)).build();
        assertThat(options.mode()).isEmpty();
        assertThat(options.mtime()).isEmpty();
        assertThat(options.rawLeaves()).isTrue();
    }

    @Test
    void nanoseconds_without_seconds_are_an_error() {
        assertThatThrownBy(() -> v1().mtime(new Mtime(0, 1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seconds");
    }

    @Test
    void what_is_said_goes_before_what_is_preserved() {
        ImportOptions options =
                v1().preserveMode(true)
                        .preserveMtime(true)
                        .mode(0600)
                        .mtime(new Mtime(5, 0))
                        .build();
        assertThat(options.preserveMode()).isFalse();
        assertThat(options.preserveMtime()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 0, 4, 12, 2048})
    void a_fanout_is_a_power_of_two_from_8_to_1024(int fanout) {
        assertThatThrownBy(() -> v1().hamtFanout(fanout).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 1000})
    void an_inline_limit_is_at_most_128(int limit) {
        assertThatThrownBy(() -> v1().inline(limit).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_link_a_node_is_enough_only_for_trickle() {
        assertThatThrownBy(() -> v1().maxFileLinks(1).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(v1().maxFileLinks(1).layout(Layout.TRICKLE).build().maxFileLinks()).isOne();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void no_file_links_are_174_as_in_kubo(Profile profile) {
        assertThat(ImportOptions.builder(profile).maxFileLinks(0).build().maxFileLinks())
                .isEqualTo(174);
    }
}
