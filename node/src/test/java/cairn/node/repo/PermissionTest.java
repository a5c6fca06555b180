package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import cairn.node.Access;
import cairn.node.CairnNode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A repo that is another user's.
@EnabledOnOs({OS.LINUX, OS.MAC})
class PermissionTest {
    @TempDir Path folder;

    @Test
    void the_message_says_whose_it_is_and_what_to_do() throws Exception {
        Path version = folder.resolve("version");
        assertThat(new RepoDirectory(folder).denied(new AccessDeniedException("" + version)))
                .hasMessageContaining("no permission for " + version)
                .hasMessageContaining("belongs to " + Files.getOwner(folder).getName())
                .hasMessageContaining("--repo-dir");
    }

    @ParameterizedTest
    @CsvSource({"'', READ", "'', WRITE", "version, READ", "version, WRITE", "repo.lock, WRITE"})
    void what_may_not_be_opened_is_told_so(String name, Access access) throws Exception {
        Path repo = folder.resolve("repo");
        CairnNode.open(repo, Access.WRITE).close();
        Path closed = repo.resolve(name);
        var before = Files.getPosixFilePermissions(closed);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "this user may do all");
            assertThatThrownBy(() -> CairnNode.open(repo, access))
                    .isInstanceOf(RepoException.class)
                    .hasMessageContaining("the repo belongs to");
        } finally {
            Files.setPosixFilePermissions(closed, before);
        }
    }
}
