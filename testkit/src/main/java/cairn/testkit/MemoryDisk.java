package cairn.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;

/// A small file system in memory, mounted on a folder while it is open.
///
/// @param folder on which it is mounted
public record MemoryDisk(Path folder) implements AutoCloseable {
    /// Mounts one, where that is permitted.
    public static Optional<MemoryDisk> mount(Path folder, int mebibytes)
            throws InterruptedException {
        return run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", "" + folder)
                ? Optional.of(new MemoryDisk(folder))
                : Optional.empty();
    }

    /// Runs a command.
    ///
    /// @return whether it ended well
    public static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + folder + " was unmounted");
        }
    }
}
