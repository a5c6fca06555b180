package cairn.blockstore.rocks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.util.Environment;

/// Starts processes of their own on the tests' class path, with the native library unpacked once.
final class ChildJvm {
    private final Path libraries;

    /// @param libraries a folder to unpack the native library to
    ChildJvm(Path libraries) throws IOException {
        this.libraries = libraries;
        String name = Environment.getJniLibraryFileName("rocksdb");
        try (InputStream in = Environment.class.getResourceAsStream("/" + name)) {
            Files.copy(in, libraries.resolve(name));
        }
    }

    /// The process of a main class; its errors go to those of this process.
    ///
    /// @param prefix a command that starts the process in turn, or nothing
    Process start(List<String> prefix, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.library.path=" + libraries,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        for (Object argument : arguments) command.add(argument.toString());
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /// The next line that a process prints; empty at its end.
    static Optional<String> line(BufferedReader out) {
        try {
            return Optional.ofNullable(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
