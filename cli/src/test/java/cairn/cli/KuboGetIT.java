package cairn.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What `get` prints and leaves in its working directory, beside what Kubo does. The lines are a
/// real shell's, in which `ipfs` is the launcher.
@EnabledOnOs(OS.LINUX) // the inputs are made with GNU's tools
class KuboGetIT {
    @TempDir Path folder;

    @Test
    void files_and_output_are_kubos() throws Exception {
        KuboInputs inputs = KuboInputs.in(folder);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path ipfs =
                Files.writeString(
                        bin.resolve("ipfs"),
                        "#!/bin/sh\nexec '" + Launcher.in(folder).script() + "' \"$@\"\n");
        Files.setPosixFilePermissions(ipfs, PosixFilePermissions.fromString("rwx------"));
        Set<String> differences = KuboRecord.differences("get.txt").keySet();
        SoftAssertions all = new SoftAssertions();
        for (KuboRecord kubo : KuboRecord.read("get.txt")) {
            String ours = answer(kubo.line(), inputs, bin);
            if (differences.stream().anyMatch(kubo.line()::matches))
                all.assertThat(ours).as(kubo.line()).isNotEqualTo(kubo.printed());
            else all.assertThat(ours).as(kubo.line()).isEqualTo(kubo.printed());
        }
        all.assertAll();
    }

    private static String answer(String line, KuboInputs inputs, Path bin) throws Exception {
        ProcessBuilder bash =
                new ProcessBuilder("bash", "-c", line)
                        .directory(inputs.files().toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = bash.environment();
        environment.put("PATH", bin + ":" + environment.get("PATH"));
        environment.putAll(
                Map.of(
                        "CAIRN_PATH",
                        inputs.repo().toString(),
                        "CAIRN_BUILD",
                        "never",
                        "TZ",
                        "UTC",
                        "LC_ALL",
                        "C.UTF-8"));
        Process process = bash.start();
        process.getOutputStream().close();
        String out =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return KuboRecord.printed(out, process.waitFor());
    }
}
