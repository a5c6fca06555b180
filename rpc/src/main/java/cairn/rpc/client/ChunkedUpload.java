package cairn.rpc.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Sends a body in chunks, as it comes. Source: RFC 9112, section 7.1.
final class ChunkedUpload {
    private static final int CHUNK_BYTES = 256 << 10;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ChunkedUpload() {}

    /// Begins to send. A body that fails ends the connection, so that no server takes it for whole.
    static void start(InputStream body, SocketChannel socket) {
        // A platform thread, since reads of files and of standard input block.
        Thread.ofPlatform().daemon().name("upload").start(() -> run(body, socket));
    }

    private static void run(InputStream body, SocketChannel socket) {
        try {
            OutputStream out = Channels.newOutputStream(socket);
            byte[] buffer = new byte[CHUNK_BYTES];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                if (n == 0) continue;
                String head = Integer.toHexString(n) + "\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(buffer, 0, n);
                out.write(LINE_END);
            }
            out.write(LAST);
        } catch (IOException e) {
            breakOff(socket);
        }
    }

    private static void breakOff(SocketChannel socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
