package cairn.blockstore.rocks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A small file system in memory; where none can be mounted, the test is skipped.
record SmallDisk(MemoryDisk disk) implements AutoCloseable {
    static SmallDisk on(Path folder, int mebibytes) throws InterruptedException {
        Optional<MemoryDisk> disk = MemoryDisk.mount(folder, mebibytes);
        assumeTrue(disk.isPresent(), "mounting is not permitted here");
        return new SmallDisk(disk.orElseThrow());
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
