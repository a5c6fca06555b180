package cairn.dag.car;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/// The bytes of a file from a position on, read without moving the file's own position, so that
/// many threads can read one file. Closing it leaves the file open.
final class FileBytes implements ReadableByteChannel {
    private final FileChannel file;
    private long position;

    FileBytes(FileChannel file, long position) {
        this.file = file;
        this.position = position;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = file.read(into, position);
        if (count > 0) position += count;
        return count;
    }

    void skip(long bytes) {
        position += bytes;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() {
        // The file belongs to whoever opened it.
    }
}
