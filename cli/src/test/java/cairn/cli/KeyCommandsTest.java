package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Multibase;
import cairn.multiformats.peer.PeerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The words and outputs are Kubo's.
class KeyCommandsTest {
    @TempDir Path folder;

    private Called call(String... words) {
        return Called.with(folder.resolve("repo"), words);
    }

    private String ok(String... words) {
        Called called = call(words);
        assertThat(called.outcome()).as(called.err()).isEqualTo(Outcome.DONE);
        return called.out();
    }

    private void refused(String why, String... words) {
        Called called = call(words);
        assertThat(called.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(called.err()).contains(why);
        assertThat(called.out()).isEmpty();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void a_new_key_is_listed_behind_the_nodes_own() {
        String id = ok("key", "gen", "blog").strip();
        assertThat(id).startsWith("k51");
        assertThat(ok("key", "ls")).isEqualTo("self\nblog\n");
        assertThat(ok("key", "ls", "-l")).matches("k51\\w+ self \n" + id + " blog \n");
        assertThat(ok("key", "ls", "--enc=json"))
                .matches(
                        "\\{\"Keys\":\\[\\{\"Name\":\"self\",\"Id\":\"k51\\w+\"},"
                                + "\\{\"Name\":\"blog\",\"Id\":\""
                                + id
                                + "\"}]}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "b58mh, 12D3KooW",
        "v0, 12D3KooW",
        "base36, k51",
        "k, k51",
        "base32, bafz",
        "b, bafz"
    })
    void an_id_is_written_in_the_base_that_is_asked_for(String base, String start)
            throws Exception {
        String id = ok("key", "gen", "--ipns-base=" + base, "blog").strip();
        assertThat(id).startsWith(start);
        assertThat(PeerId.parse(id).toCid().toString(Multibase.BASE36) + "\n")
                .isEqualTo(ok("key", "rm", "-l", "blog").replace(" blog ", ""));
    }

    @Test
    void a_list_has_columns() {
        ok("key", "gen", "a");
        ok("key", "gen", "-t=secp256k1", "longer");
        assertThat(ok("key", "rm", "-l", "a", "longer"))
                .matches("k51\\w{59}  a      \nkzw\\w{60} longer \n");
    }

    @ParameterizedTest
    @CsvSource({
        "foo, 256, unrecognized key type: foo",
        "ed25519, 512, invalid key size 512: ed25519 keys are always 256 bits",
        "secp256k1, -1, invalid key size -1: secp256k1 keys are always 256 bits",
        "rsa, 2047, rsa keys must be >= 2048 bits to be useful",
        "rsa, 8193, rsa keys must be <= 8192 bits",
        "rsa, 4294969344, rsa keys must be <= 8192 bits"
    })
    void a_key_that_there_is_not_is_not_made(String type, String size, String why) {
        refused(why, "key", "gen", "-t=" + type, "--size=" + size, "blog");
        assertThat(folder.resolve("repo")).doesNotExist();
    }

    @Test
    void the_nodes_own_key_is_neither_made_renamed_removed_imported_nor_exported() {
        refused("cannot create key with name 'self'", "key", "gen", "self");
        refused("cannot rename key with name 'self'", "key", "rename", "self", "a");
        refused("cannot overwrite key with name 'self'", "key", "rename", "-f", "a", "self");
        refused("cannot remove key with name 'self'", "key", "rm", "a", "self");
        refused("cannot import key with name 'self'", "key", "import", "self", "file");
        refused("cannot export key with name 'self'", "key", "export", "self");
        refused("for back up cannot be named 'self'", "key", "rotate", "-o=self");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "a/b", "a\nb", " a"})
    void a_name_that_could_mislead_is_refused(String name) {
        refused("key name", "key", "gen", name);
        refused("key name", "key", "rename", name, "a");
        refused("key name", "key", "rename", "a", name);
        refused("key name", "key", "export", name);
        refused("key name", "key", "import", name, "file");
        refused("key name", "key", "rotate", "-o=" + name);
    }

    @Test
    void a_renamed_key_keeps_its_id() {
        String id = ok("key", "gen", "a").strip();
        assertThat(ok("key", "rename", "a", "b")).isEqualTo("Key " + id + " renamed to b\n");
        ok("key", "gen", "c");
        refused("key with name 'c' already exists", "key", "rename", "b", "c");
        refused("no key named a was found", "key", "rename", "a", "c");
        assertThat(ok("key", "rename", "--force", "b", "c"))
                .isEqualTo("Key " + id + " renamed to c with overwriting\n");
        assertThat(ok("key", "rename", "c", "d", "--enc=json"))
                .isEqualTo(
                        "{\"Was\":\"c\",\"Now\":\"d\",\"Id\":\""
                                + id
                                + "\",\"Overwrite\":false}\n");
    }

    @Test
    void keys_to_remove_may_come_on_standard_input() {
        ok("key", "gen", "a");
        ok("key", "gen", "b");
        byte[] in = "a\nb\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Called.with(folder.resolve("repo"), in, "key", "rm").out()).isEqualTo("a\nb\n");
        assertThat(ok("key", "ls")).isEqualTo("self\n");
        refused("no key named a was found", "key", "rm", "a");
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, libp2p-protobuf-cleartext",
        "ed25519, pem-pkcs8-cleartext",
        "rsa, libp2p-protobuf-cleartext",
        "rsa, pem-pkcs8-cleartext",
        "secp256k1, libp2p-protobuf-cleartext",
        "secp256k1, pem-pkcs8-cleartext",
        "ecdsa, libp2p-protobuf-cleartext",
        "ecdsa, pem-pkcs8-cleartext"
    })
    void an_exported_key_is_the_same_when_it_is_imported(String type, String format) {
        String id = ok("key", "gen", "-t", type, "a");
        ok("key", "export", "a", "-o", file("key"), "-f", format);
        refused(
                "already exists",
                "key",
                "import",
                "--allow-any-key-type",
                "-f",
                format,
                "a",
                file("key"));
        ok("key", "rm", "a");
        assertThat(ok("key", "import", "--allow-any-key-type", "-f", format, "a", file("key")))
                .isEqualTo(id);
    }

    @Test
    void an_ecdsa_key_is_imported_only_when_that_is_meant() {
        ok("key", "gen", "-t=ecdsa", "a");
        ok("key", "export", "a", "-o", file("key"));
        refused("--allow-any-key-type", "key", "import", "b", file("key"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void an_exported_key_is_for_its_owner_only_also_in_a_file_that_was_not() throws Exception {
        ok("key", "gen", "a");
        Path there = Files.writeString(folder.resolve("there"), "x".repeat(1000));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-rw-rw-"));
        for (Path file : new Path[] {there, folder.resolve("new")}) {
            ok("key", "export", "a", "-o", file.toString());
            assertThat(Files.getPosixFilePermissions(file))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.size(file)).isEqualTo(68);
        }
    }

    @Test
    void a_file_that_holds_no_key_is_refused_and_the_other_format_named() throws Exception {
        ok("key", "gen", "a");
        ok("key", "export", "a", "-o", file("pem"), "-f=pem-pkcs8-cleartext");
        refused("try again with format=pem-pkcs8-cleartext", "key", "import", "b", file("pem"));
        Files.write(folder.resolve("big"), new byte[1 << 20]);
        refused("unable to unmarshall", "key", "import", "b", file("big"));
        refused("PEM", "key", "import", "-f=pem-pkcs8-cleartext", "b", file("big"));
        refused("no such file", "key", "import", "b", file("none"));
        refused("unrecognized import format", "key", "import", "-f=x", "b", file("pem"));
        refused("unrecognized export format", "key", "export", "-f=x", "a");
        refused("key with name 'none' doesn't exist", "key", "export", "none");
    }

    @Test
    void a_rotated_node_is_another_peer_and_keeps_its_old_key() {
        ok("init");
        String before = ok("key", "ls", "-l").split(" ", -1)[0];
        refused("--oldkey", "key", "rotate");
        assertThat(ok("key", "rotate", "-o", "old")).startsWith("peer identity: 12D3KooW");
        assertThat(ok("key", "ls", "-l")).doesNotStartWith(before).contains(before + " old");
        refused("already exists", "key", "rotate", "-o", "old");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void a_key_that_others_may_read_does_not_hide_the_others() throws Exception {
        ok("key", "gen", "a");
        ok("key", "gen", "b");
        Files.setPosixFilePermissions(
                folder.resolve("repo/keystore/key_me"),
                PosixFilePermissions.fromString("rw-r--r--"));
        Called called = call("key", "ls");
        assertThat(called.out()).isEqualTo("self\nb\n");
        assertThat(called.err()).contains("left out a").contains("chmod 600");
    }
}
