package cairn.cli.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.function.IntSupplier;

/// Shows a transfer's progress where the call wants it: with `--progress`, or without a word about
/// it when messages go to a terminal and output doesn't.
public final class Meter {
    private final Optional<Progress> progress;

    private Meter(Optional<Progress> progress) {
        this.progress = progress;
    }

    /// Also where output goes to a terminal, unless it is told not to.
    public static Meter beside(Invocation call) {
        return of(call, call.messages().isTerminal());
    }

    /// For commands without an option that asks for it: where messages go to a terminal.
    public static Meter whenWatched(Invocation call) {
        return shown(call, call.messages().isTerminal());
    }

    public static Meter of(Invocation call) {
        return of(call, call.messages().isTerminal() && !call.out().isTerminal());
    }

    private static Meter of(Invocation call, boolean otherwise) {
        return shown(call, call.flagIfGiven("--progress").orElse(otherwise));
    }

    private static Meter shown(Invocation call, boolean shown) {
        return new Meter(
                shown
                        ? Optional.of(new Progress(call.messages(), System::nanoTime))
                        : Optional.empty());
    }

    public boolean isShown() {
        return progress.isPresent();
    }

    public void expect(long bytes) {
        progress.ifPresent(p -> p.expect(bytes));
    }

    /// Others that it comes from are counted here, and shown when there are any.
    public void comesFrom(IntSupplier count) {
        progress.ifPresent(p -> p.comesFrom(count));
    }

    public void add(long bytes) {
        progress.ifPresent(p -> p.add(bytes));
    }

    public void reach(long bytes) {
        progress.ifPresent(p -> p.reach(bytes));
    }

    /// A channel to another one that counts what goes through.
    public WritableByteChannel over(WritableByteChannel out) {
        if (progress.isEmpty()) return out;
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                int written = out.write(bytes);
                add(written);
                return written;
            }

            @Override
            public boolean isOpen() {
                return out.isOpen();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    /// A channel from another one that counts what goes through.
    public ReadableByteChannel over(ReadableByteChannel channel) {
        if (progress.isEmpty()) return channel;
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                int count = channel.read(into);
                if (count > 0) add(count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
