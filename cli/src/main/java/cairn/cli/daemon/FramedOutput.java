package cairn.cli.daemon;

import cairn.cli.console.CommandException;
import cairn.cli.console.Messages;
import cairn.rpc.client.BrokenAnswerException;
import cairn.rpc.frames.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/// The standard output of a command in the daemon, as a stream that fails where the command did.
/// For one thread.
final class FramedOutput extends InputStream {
    private final InputStream in;
    private final IntConsumer sources;
    private final Messages messages;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private boolean done;

    /// @param sources told how many peers it comes from
    /// @param messages shows what the command says meanwhile
    FramedOutput(InputStream in, IntConsumer sources, Messages messages) {
        this.in = in;
        this.sources = sources;
        this.messages = messages;
    }

    @Override
    public int read() throws IOException {
        return await() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!await()) return -1;
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count;
    }

    /// Reads frames until there are bytes, or the end.
    private boolean await() throws IOException {
        while (!done && !bytes.hasRemaining()) {
            Frame frame = next();
            switch (frame.kind()) {
                case OUTPUT -> bytes = frame.bytes();
                case SOURCES -> sources.accept(frame.number());
                case MESSAGE -> messages.pass(frame.bytes());
                case DONE -> done = true;
                case FAILED -> throw new CommandException(frame.text());
            }
        }
        return !done;
    }

    private Frame next() throws IOException {
        try {
            return Frame.read(in);
        } catch (EOFException e) {
            throw new BrokenAnswerException(e);
        }
    }
}
