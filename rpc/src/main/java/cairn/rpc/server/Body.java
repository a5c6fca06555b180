package cairn.rpc.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EndPoint;

/// The body of a request, for an endpoint that reads it.
///
/// @param type its media type with parameters, as the client says it; empty when it doesn't
/// @param in its bytes, as they come
public record Body(String type, InputStream in) {
    static final Body NONE = new Body("", InputStream.nullInputStream());

    /// A body's bytes as they come from a connection. It tells once that they have ended, and gives
    /// up when none come for some time while it waits for them.
    static final class Arriving extends InputStream {
        private final InputStream in;
        private final EndPoint connection;
        private final Duration patience;
        private final Runnable ended;
        private boolean told;
        private boolean over; // guarded by this

        Arriving(InputStream in, EndPoint connection, Duration patience, Runnable ended) {
            this.in = in;
            this.connection = connection;
            this.patience = patience;
            this.ended = ended;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            boolean waits = in.available() == 0;
            if (waits) limit(patience.toMillis());
            int read = in.read(target, offset, length);
            if (waits) limit(0);
            if (read < 0 && !told) {
                told = true;
                ended.run();
            }
            return read;
        }

        private synchronized void limit(long millis) {
            if (!over) connection.setIdleTimeout(millis);
        }

        /// Waits for no more bytes, also where it does already.
        synchronized void giveUp() {
            over = true;
            connection.setIdleTimeout(RequestDeadline.OVER_MILLIS);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }

    /// Bytes that are read before they are taken, up to a limit: so that the end of a connection is
    /// noticed while nobody takes any. State is guarded by `this`.
    static final class Ahead extends InputStream {
        /// Some 20,000 CIDs.
        private static final int MOST_HELD = 1 << 20;

        private static final int BUFFER_BYTES = 8 << 10;

        private final Arriving in;
        private final Runnable broken;
        private final Thread reader;
        private byte[] held = new byte[BUFFER_BYTES]; // from `from` to `to`
        private int from;
        private int to;
        private boolean ended;
        private boolean unwanted;
        private volatile boolean over;
        private Optional<IOException> failure = Optional.empty();

        private Ahead(Arriving in, Runnable broken) {
            this.in = in;
            this.broken = broken;
            this.reader = Thread.ofVirtual().name("body-ahead").unstarted(this::run);
        }

        /// Begins to read a stream.
        ///
        /// @param broken is told when it breaks off
        static Ahead of(Arriving in, Runnable broken) {
            Ahead ahead = new Ahead(in, broken);
            ahead.reader.start();
            return ahead;
        }

        private void run() {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                for (int n = in.read(buffer); n >= 0 && !over; n = in.read(buffer)) hold(buffer, n);
                end(Optional.empty());
            } catch (IOException e) {
                end(Optional.of(e));
                broken.run();
            } catch (HttpException.RuntimeException e) {
                end(Optional.of(new IOException(e.getMessage(), e)));
                broken.run();
            }
        }

        private synchronized void hold(byte[] buffer, int length) throws IOException {
            while (to - from >= MOST_HELD && !unwanted) await();
            if (unwanted) return;
            if (to + length > held.length) makeRoom(length);
            System.arraycopy(buffer, 0, held, to, length);
            to += length;
            notifyAll();
        }

        private void makeRoom(int length) {
            int size = to - from;
            boolean fits = size + length <= held.length / 2;
            byte[] next = fits ? held : new byte[2 * (size + length)];
            System.arraycopy(held, from, next, 0, size);
            held = next;
            from = 0;
            to = size;
        }

        private synchronized void end(Optional<IOException> why) {
            ended = true;
            failure = why;
            notifyAll();
        }

        @SuppressWarnings("WaitNotInLoop") // Both callers do.
        private void await() throws InterruptedIOException {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a body was read");
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) return 0;
            while (from == to && !ended) await();
            if (from == to) {
                if (failure.isPresent())
                    throw new IOException(failure.get().getMessage(), failure.get());
                return -1;
            }
            int count = Math.min(length, to - from);
            System.arraycopy(held, from, target, offset, count);
            from += count;
            notifyAll();
            return count;
        }

        /// Passes over the rest, as long as it takes but no longer than some time. Nothing reads
        /// the connection when it returns.
        void finish(Duration time) {
            synchronized (this) {
                unwanted = true;
                notifyAll();
            }
            boolean interrupted = false;
            while (reader.isAlive()) {
                try {
                    if (over) reader.join();
                    else if (reader.join(time)) break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                over = true;
                in.giveUp();
            }
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
