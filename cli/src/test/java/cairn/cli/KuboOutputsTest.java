package cairn.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program's output and exit codes beside Kubo's, byte for byte. Messages on standard error are
/// our own and are not compared. What differs on purpose is in `kubo-differences.tsv`, with why.
@EnabledOnOs(OS.LINUX) // the inputs are made with GNU's tools
class KuboOutputsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add.txt",
                "block.txt",
                "cat.txt",
                "cid.txt",
                "config-more.txt",
                "config-version.txt",
                "dag.txt",
                "ls.txt",
                "multibase.txt",
                "pin.txt",
                "pin-update.txt",
                "refs.txt",
                "repo.txt"
            })
    void output_and_exit_code_are_kubos(String file) throws Exception {
        KuboInputs inputs = KuboInputs.in(folder);
        Map<String, String> differences = KuboRecord.differences(file);
        Set<String> met = new HashSet<>();
        SoftAssertions all = new SoftAssertions();
        for (KuboRecord kubo : KuboRecord.read(file)) {
            String ours = answer(kubo.line(), inputs);
            Optional<String> known =
                    differences.keySet().stream().filter(kubo.line()::matches).findFirst();
            if (known.isEmpty()) all.assertThat(ours).as(kubo.line()).isEqualTo(kubo.printed());
            else if (!ours.equals(kubo.printed())) met.add(known.get());
        }
        all.assertThat(met).as("differences that are still there").isEqualTo(differences.keySet());
        all.assertAll();
    }

    private String answer(String line, KuboInputs inputs) throws Exception {
        ShellLine shell = new ShellLine(inputs.repo(), inputs.files());
        shell.run(line.replace("WORK", folder.toString()));
        return KuboRecord.printed(shell.out().replace(folder.toString(), "WORK"), shell.exitCode());
    }
}
