package cairn.cli.console;

import cairn.node.text.RawText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// What a command tells the person who called it, on standard error: notices, and on a terminal one
/// line of progress that is rewritten in place.
///
/// Safe for use by many threads at once.
public final class Messages {
    private static final String CLEAR = "\r\u001b[K";

    /// A line too long for the terminal ends at its edge: of a wrapped one, only the last row could
    /// be taken away.
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    /// How long a command shows nothing before something else may.
    private static final long QUIET_NANOS = 1_000_000_000;

    private final OutputStream sink;
    private final boolean terminal;
    private boolean progressShown; // guarded by this
    private OptionalLong drawn = OptionalLong.empty(); // guarded by this
    private volatile OptionalLong expected = OptionalLong.empty();
    private String lastProgress = ""; // guarded by this
    private long said; // guarded by this
    private boolean ended; // guarded by this

    /// @param terminal whether a person watches
    public Messages(OutputStream sink, boolean terminal) {
        this.sink = sink;
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    /// Writes lines.
    public synchronized void say(String text) {
        said++;
        clearProgress();
        send(text + "\n");
    }

    /// Passes on what a command in another process says, progress included.
    public synchronized void pass(ByteBuffer bytes) {
        if (ended || !bytes.hasRemaining()) return;
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        said++;
        progressShown = terminal && copy[copy.length - 1] != '\n';
        lastProgress = progressShown ? lineIn(RawText.decode(copy)) : "";
        send(copy);
    }

    /// Says how many bytes a command will get in all, for who shows its progress.
    public void expect(long bytes) {
        expected = OptionalLong.of(bytes);
    }

    OptionalLong expected() {
        return expected;
    }

    /// Shows a line of progress in place of the last one.
    public synchronized void progress(String text) {
        drawn = OptionalLong.of(System.nanoTime());
        show(text);
    }

    /// The same from beside the command, unless the command has shown some of late.
    synchronized void background(String text) {
        if (drawn.isPresent() && System.nanoTime() - drawn.getAsLong() < QUIET_NANOS) return;
        show(text);
    }

    private void show(String text) {
        if (ended) return;
        said++;
        lastProgress = text;
        draw(text);
    }

    /// Shows the last line of progress again, with more behind it; where there is none, another.
    synchronized void progressStands(String more, String otherwise) {
        if (!ended) draw(lastProgress.isEmpty() ? otherwise : lastProgress + more);
    }

    private void draw(String text) {
        progressShown = true;
        send(CLEAR + NO_WRAP + text + WRAP);
    }

    /// The last line of progress among what [#draw] has sent in another process.
    private static String lineIn(String sent) {
        int from = sent.lastIndexOf(NO_WRAP);
        int to = sent.lastIndexOf(WRAP);
        return from < 0 || to < from ? "" : sent.substring(from + NO_WRAP.length(), to);
    }

    /// How often something was said so far, progress included.
    synchronized long said() {
        return said;
    }

    /// Takes the line of progress away.
    public synchronized void clearProgress() {
        if (progressShown) send(CLEAR);
        progressShown = false;
        lastProgress = "";
    }

    /// Takes the line of progress away for good, as at the end of the process.
    public synchronized void endProgress() {
        clearProgress();
        ended = true;
    }

    private void send(String text) {
        send(RawText.encode(text));
    }

    private void send(byte[] bytes) {
        try {
            sink.write(bytes);
            sink.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to standard error", e);
        }
    }
}
