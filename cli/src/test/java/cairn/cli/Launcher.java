package cairn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The real `./cairn`, run in a process of its own with a repo of its own.
///
/// @param folder the working directory
record Launcher(Path script, Path folder, Path repo) {
    private static final long PATIENCE_SECONDS = 60;

    /// How a process ended.
    record Ended(int exitCode, String out, String err) {}

    static Launcher in(Path folder) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isExecutable(at.resolve("cairn"))) at = at.getParent();
        if (at == null) throw new IllegalStateException("no launcher above the working directory");
        return new Launcher(at.resolve("cairn"), folder, folder.resolve("repo"));
    }

    ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        return prepare(new ProcessBuilder(command));
    }

    /// A line for the shell, in which `$cairn` is the launcher.
    ProcessBuilder shell(String line) {
        return prepare(new ProcessBuilder("sh", "-c", line));
    }

    private ProcessBuilder prepare(ProcessBuilder builder) {
        builder.directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CAIRN_PATH", repo.toString());
        environment.put("CAIRN_BUILD", "never");
        environment.put("cairn", script.toString());
        environment.put("LANG", "C");
        environment.remove("LC_ALL");
        return builder;
    }

    Ended run(String... words) throws Exception {
        return await(command(words));
    }

    static Ended await(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        process.getOutputStream().close();
        return await(process);
    }

    static Ended await(Process process) throws Exception {
        byte[][] said = new byte[2][];
        Thread out = reader(process.getInputStream(), said, 0);
        Thread err = reader(process.getErrorStream(), said, 1);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process didn't end");
        }
        out.join();
        err.join();
        return new Ended(
                process.exitValue(),
                new String(said[0], StandardCharsets.UTF_8),
                new String(said[1], StandardCharsets.UTF_8));
    }

    private static Thread reader(InputStream in, byte[][] said, int at) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                said[at] = in.readAllBytes();
                            } catch (IOException e) {
                                said[at] = e.toString().getBytes(StandardCharsets.UTF_8);
                            }
                        });
    }
}
