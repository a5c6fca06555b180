package cairn.rpc.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Sends a body in chunks, as it comes, on a thread of its own. Source: RFC 9112, section 7.1.
final class ChunkedUpload {
    private static final int CHUNK_BYTES = 256 << 10;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final RequestBody body;
    private final SocketChannel socket;

    /// Why the body can't be had. Set before the connection shows it.
    private volatile Optional<IOException> failure = Optional.empty();

    private ChunkedUpload(RequestBody body, SocketChannel socket) {
        this.body = body;
        this.socket = socket;
    }

    /// Begins to send. A body that fails ends the connection, so that no server takes it for whole.
    static ChunkedUpload start(RequestBody body, SocketChannel socket) {
        ChunkedUpload upload = new ChunkedUpload(body, socket);
        // A platform thread, since reads of files and of standard input block.
        Thread.ofPlatform().daemon().name("upload").start(upload::run);
        return upload;
    }

    /// Why the body couldn't be had, if so. That it couldn't be sent is no such reason: the server
    /// says why it stopped.
    Optional<IOException> failure() {
        return failure;
    }

    private void run() {
        boolean whole = false;
        try {
            Chunks chunks = new Chunks(Channels.newOutputStream(socket));
            body.writer().writeTo(chunks);
            chunks.end();
            whole = true;
        } catch (UnsentException e) {
            return; // the answer tells why
        } catch (IOException e) {
            failure = Optional.of(e);
        } finally {
            if (!whole) breakOff();
        }
    }

    private void breakOff() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    /// The connection took no more.
    private static final class UnsentException extends IOException {
        private static final long serialVersionUID = 1L;

        UnsentException(IOException cause) {
            super(cause);
        }
    }

    /// Makes chunks of what is written.
    private static final class Chunks extends OutputStream {
        private final OutputStream out;
        private final byte[] buffer = new byte[CHUNK_BYTES];
        private int used;

        Chunks(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int n = Math.min(length - done, buffer.length - used);
                System.arraycopy(bytes, offset + done, buffer, used, n);
                used += n;
                done += n;
                if (used == buffer.length) flush();
            }
        }

        @Override
        public void flush() throws IOException {
            if (used == 0) return;
            String head = Integer.toHexString(used) + "\r\n";
            send(head.getBytes(StandardCharsets.US_ASCII), head.length());
            send(buffer, used);
            send(LINE_END, LINE_END.length);
            used = 0;
        }

        void end() throws IOException {
            flush();
            send(LAST, LAST.length);
        }

        private void send(byte[] bytes, int length) throws IOException {
            try {
                out.write(bytes, 0, length);
            } catch (IOException e) {
                throw new UnsentException(e);
            }
        }
    }
}
