package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings that are changed as a whole: in an editor, by a file, by a profile.
@EnabledOnOs(OS.LINUX) // editors are GNU's tools
class ConfigFilesTest {
    private static final String START =
            "{\n  \"Datastore\": {},\n  \"Import\": {\n    \"CidVersion\": 1\n  }\n}\n";

    @TempDir Path folder;

    @BeforeEach
    void aSetting() {
        assertThat(Called.with(repo(), "config", "Import.CidVersion", "1").outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void what_is_written_in_the_editor_is_taken_over_and_what_was_there_is_kept() throws Exception {
        Called edit = edit("sed -i 's/\"CidVersion\": 1/\"CidVersion\": 0/'");

        assertThat(edit).isEqualTo(new Called(Outcome.DONE, "", ""));
        assertThat(config()).isEqualTo(START.replace("1", "0"));
        assertThat(repo().resolve("config.old")).hasContent(START);
        assertThat(asides()).isEmpty();
    }

    @Test
    void nothing_is_replaced_when_nothing_was_changed() throws Exception {
        assertThat(edit("true").err()).isEqualTo("cairn: nothing was changed\n");
        assertThat(config()).isEqualTo(START);
        assertThat(repo().resolve("config.old")).doesNotExist();
        assertThat(asides()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s/1/\"x\"/         | the setting Import.CidVersion takes a whole number, not \"x\"",
                "s/1/7/             | the setting Import.CidVersion: ",
                "s/1/1,/            | the settings in what you wrote aren't JSON, line 5, column 3",
                "s/{}/5/            | the setting Datastore takes an object of settings, not 5",
                "s/\"CidVersion\": 1/\"Profile\": \"a\"/ | the setting Import.Profile: unknown profile",
                "1s/.*/[/;2,$d      | the settings in what you wrote aren't JSON",
            })
    void what_is_wrong_is_told_and_kept_and_changes_nothing(String change, String message)
            throws Exception {
        Called edit = edit("sed -i '" + change + "'");

        assertThat(edit.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(edit.err()).startsWith("Error: " + message).contains("cairn config replace ");
        assertThat(config()).isEqualTo(START);
        assertThat(asides()).hasSize(1);
        assertThat(edit.err()).contains(asides().getFirst().toString());
        assertThat(asides().getFirst()).content().isNotEqualTo(START);
    }

    @Test
    void settings_that_were_changed_meanwhile_are_not_overwritten() throws Exception {
        Path config = repo().resolve("config");
        String other = START.replace("1", "null");
        Path theirs = Files.writeString(folder.resolve("theirs"), other);
        Called edit = edit("cp " + theirs + " " + config + "; sed -i s/1/0/");

        assertThat(edit.err()).startsWith("Error: the settings were changed meanwhile\n");
        assertThat(config()).isEqualTo(other);
        assertThat(asides()).hasSize(1);
    }

    @Test
    void an_editor_that_fails_changes_nothing_and_loses_nothing() throws Exception {
        Called idle = edit("false");
        assertThat(idle.err()).isEqualTo("Error: the editor \"false\" ended with exit code 1\n");
        assertThat(asides()).isEmpty();

        Called busy = edit("f() { echo >> $1; exit 3; }; f");
        assertThat(busy.err()).contains("ended with exit code 3\n", "What you wrote is kept");
        assertThat(asides()).hasSize(1);
        assertThat(config()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonexistent-editor", "nonexistent-editor --wait", "/no/such/editor"})
    void an_editor_that_is_not_there_is_told_in_one_line(String editor) throws Exception {
        assertThat(edit(editor).err())
                .isEqualTo(
                        "Error: cannot start the editor \""
                                + editor
                                + "\": there is no such program; set EDITOR to one that is there,"
                                + " such as EDITOR=nano\n");
        assertThat(asides()).isEmpty();
    }

    @Test
    void what_was_kept_goes_when_settings_are_taken_over() throws Exception {
        edit("sed -i 's/1/7/'");
        edit("sed -i 's/1/8/'");
        assertThat(asides()).hasSize(2);
        Path mended = Files.writeString(asides().getFirst(), START.replace("1", "0"));
        Called.with(repo(), "config", "replace", mended.toString());
        assertThat(asides()).hasSize(1).doesNotContain(mended);
        edit("true");
        assertThat(asides()).hasSize(1);
        edit("sed -i 's/0/1/'");
        assertThat(asides()).isEmpty();
    }

    @Test
    void an_editor_has_to_be_named() {
        assertThat(edit("").err()).startsWith("Error: neither VISUAL nor EDITOR names an editor");
        Map<String, String> both = Map.of("VISUAL", "true", "EDITOR", "false");
        assertThat(edit(both).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void settings_that_are_not_json_can_be_mended_in_the_editor() throws Exception {
        Files.writeString(repo().resolve("config"), START.replace("{}", "{"));
        assertThat(edit("sed -i 's/{,/{},/'").outcome()).isEqualTo(Outcome.DONE);
        assertThat(config()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat bafkqaaa", "pin ls", "add", "repo gc", "config show", "repo stat"})
    void settings_that_are_not_json_are_told_with_file_place_and_cure(String line)
            throws Exception {
        Files.writeString(repo().resolve("config"), START.replace("{}", "{"));
        Called call = Called.with(repo(), line.split(" "));
        assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(call.err())
                .startsWith("Error: the settings in " + repo().resolve("config"))
                .contains("line 2, column 17", "cairn config edit", "cairn config replace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Import\":{\"CidVersion\":7}}",
                "{\"Import\":{\"UnixFSRawLeaves\":\"x\"}}",
                "{\"Datastore\":{\"StorageMax\":\"0\"}}",
                "{\"Datastore\":{\"HashOnRead\":\"yes\"}}"
            })
    void a_value_that_a_setting_can_not_have_is_told_with_file_key_and_cure(String settings)
            throws Exception {
        Files.writeString(repo().resolve("config"), settings);
        for (String line : new String[] {"add", "add -n", "block put", "repo gc"})
            assertThat(Called.with(repo(), new byte[] {1}, line.split(" ")).err())
                    .startsWith("Error: wrong settings in " + repo().resolve("config"))
                    .containsPattern("setting (Import|Datastore)\\.")
                    .contains("cairn config edit");
    }

    @Test
    void reading_asks_only_for_the_settings_that_it_goes_by() throws Exception {
        Path config = repo().resolve("config");
        Files.writeString(config, "{\"Import\":{\"CidVersion\":7}}");
        assertThat(Called.with(repo(), "pin", "ls").err()).isEmpty();
        Files.writeString(config, "{\"Datastore\":{\"HashOnRead\":\"yes\"}}");
        assertThat(Called.with(repo(), "pin", "ls").err())
                .startsWith("Error: wrong settings in " + config)
                .contains("Datastore.HashOnRead");
    }

    @Test
    void what_is_no_text_at_all_can_be_replaced_and_is_kept() throws Exception {
        byte[] binary = {'{', (byte) 0xff};
        Files.write(repo().resolve("config"), binary);
        assertThat(Called.with(repo(), "config", "show").err())
                .contains("isn't UTF-8", "cairn config replace");
        byte[] in = START.getBytes(StandardCharsets.UTF_8);
        assertThat(Called.with(repo(), in, "config", "replace", "-").err()).isEmpty();
        assertThat(config()).isEqualTo(START);
        assertThat(repo().resolve("config.old")).hasBinaryContent(binary);
    }

    @Test
    void what_standard_input_brings_is_called_so() {
        assertThat(Called.with(repo(), new byte[] {'['}, "config", "replace", "-").err())
                .startsWith("Error: the settings in standard input aren't JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Datastore.HashOnRead         | false",
                "Datastore.AutoGC             | false",
                "Datastore.StorageGCWatermark | 90",
                "Datastore.GCPeriod           | 1h"
            })
    void a_setting_that_is_not_set_is_read_as_its_default(String key, String value) {
        assertThat(Called.with(repo(), "config", key).out()).isEqualTo(value + "\n");
        assertThat(Called.with(repo(), "config", "--enc=json", key).out())
                .isEqualTo(
                        "{\"Key\":\""
                                + key
                                + "\",\"Value\":"
                                + (value.equals("1h") ? "\"1h\"" : value)
                                + "}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Datastore.StorageMax     | what is free on its disk",
                "Datastore.StorageReserve | 512MiB",
                "Import.Profile           | unixfs-v1-2025",
                "Import.UnixFSChunker     | as the profile has it",
                "Limits.Uplod             | of Limits there are: Upload, Download, PeerUpload,",
                "Limits                   | there is no setting Limits; of Limits there are: Upload,",
                "Nonsense.Upload          | no setting Nonsense.Upload; they begin with: API, Addresses,"
            })
    void where_a_default_is_no_single_value_it_is_described(String key, String message) {
        Called call = Called.with(repo(), "config", key);
        assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(call.err()).contains(message);
    }

    @Test
    void names_that_mean_nothing_are_kept_and_told() throws Exception {
        Called edit = edit("sed -i s/CidVersion/CidVersoin/");
        assertThat(edit.outcome()).isEqualTo(Outcome.DONE);
        assertThat(edit.err())
                .isEqualTo(
                        "cairn: kept, but without effect, as there are no such settings:"
                                + " Import.CidVersoin\n");
        assertThat(config()).contains("CidVersoin");
    }

    @Test
    void a_file_or_standard_input_replaces_all_settings() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "{\"Import\":{\"CidVersion\":0}}");
        assertThat(Called.with(repo(), "config", "replace", file.toString()).err()).isEmpty();
        assertThat(config()).isEqualTo("{\n  \"Import\": {\n    \"CidVersion\": 0\n  }\n}\n");

        byte[] in = START.getBytes(StandardCharsets.UTF_8);
        assertThat(Called.with(repo(), in, "config", "replace", "-").err()).isEmpty();
        assertThat(config()).isEqualTo(START);
    }

    @Test
    void a_file_that_can_not_be_settings_replaces_nothing() throws Exception {
        Path huge = Files.write(folder.resolve("huge"), new byte[(1 << 20) + 1]);
        assertThat(replace(huge)).contains("is larger than 1048576 bytes");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'{', (byte) 0xff, '}'});
        assertThat(replace(binary)).contains("isn't UTF-8");
        Path list = Files.writeString(folder.resolve("list"), "[]");
        assertThat(replace(list)).contains("aren't a JSON object");
        assertThat(replace(folder.resolve("none"))).contains("no such file");
        Path clash =
                Files.writeString(
                        folder.resolve("clash"),
                        "{\"Import\":{\"CidVersion\":0,\"HashFunction\":\"sha2-512\"}}");
        assertThat(replace(clash)).contains("CID version 0 has only the hash sha2-256");
        assertThat(config()).isEqualTo(START);
    }

    private String replace(Path file) {
        Called replace = Called.with(repo(), "config", "replace", file.toString());
        assertThat(replace.outcome()).isEqualTo(Outcome.FAILED);
        return replace.err();
    }

    @Test
    void a_profile_takes_the_place_of_all_settings_of_imports() throws Exception {
        String before = config();
        Called dry =
                Called.with(repo(), "config", "profile", "apply", "--dry-run", "legacy-cid-v0");
        assertThat(dry.out())
                .isEqualTo("- Import.CidVersion: 1\n+ Import.Profile: \"unixfs-v0-2015\"\n");
        assertThat(config()).isEqualTo(before);

        Called apply = Called.with(repo(), "config", "profile", "apply", "legacy-cid-v0");
        assertThat(apply.out()).isEqualTo(dry.out());
        assertThat(config())
                .isEqualTo(
                        """
                        {
                          "Datastore": {},
                          "Import": {
                            "Profile": "unixfs-v0-2015"
                          }
                        }
                        """);
        assertThat(repo().resolve("config.old")).hasContent(before);
        assertThat(
                        Called.with(
                                        repo(),
                                        "config",
                                        "profile",
                                        "apply",
                                        "unixfs-v0-2015",
                                        "--enc=json")
                                .out())
                .isEqualTo(
                        "{\"OldCfg\":{\"Datastore\":{},\"Import\":{\"Profile\":\"unixfs-v0-2015\"}},"
                                + "\"NewCfg\":{\"Datastore\":{},\"Import\":{\"Profile\":"
                                + "\"unixfs-v0-2015\"}}}\n");
    }

    @Test
    void an_unknown_profile_is_told_with_those_there_are() {
        assertThat(Called.with(repo(), "config", "profile", "apply", "server").err())
                .isEqualTo(
                        "Error: unknown profile \"server\"; there are [unixfs-v1-2025,"
                                + " unixfs-v0-2015, kubo-default]\n");
    }

    private Called edit(String editor) {
        return edit(Map.of("EDITOR", editor));
    }

    private Called edit(Map<String, String> environment) {
        return Called.with(
                repo(),
                new byte[0],
                List.of("config", "edit"),
                StandardCharsets.UTF_8,
                environment);
    }

    private Path repo() {
        return folder.resolve("repo");
    }

    private String config() throws IOException {
        return Files.readString(repo().resolve("config"));
    }

    /// The files that editors got and that were kept.
    private List<Path> asides() throws IOException {
        try (var files = Files.newDirectoryStream(repo(), "config-edit-*")) {
            List<Path> asides = new java.util.ArrayList<>();
            files.forEach(asides::add);
            return asides;
        }
    }
}
