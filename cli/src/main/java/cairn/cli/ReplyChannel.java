package cairn.cli;

import cairn.rpc.server.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/// The bytes of an answer, which are sent as soon as they are written. For one thread.
final class ReplyChannel implements WritableByteChannel {
    private final Reply reply;
    private OutputStream out = OutputStream.nullOutputStream();
    private WritableByteChannel channel = Channels.newChannel(out);

    ReplyChannel(Reply reply) {
        this.reply = reply;
    }

    /// Says what is answered with. Until then nothing is sent.
    ///
    /// @param type the media type
    void begin(String type) throws IOException {
        out = reply.stream(type);
        channel = Channels.newChannel(out);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = channel.write(bytes);
        out.flush(); // a channel over a stream flushes nothing
        return written;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
