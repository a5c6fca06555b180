package cairn.testkit.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A relay for TCP. Each direction of a connection has two threads and a [DelayLine]; the end of a
/// direction passes as the bytes do.
public final class TcpRelay implements Relay {
    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final InetSocketAddress target;
    private final NetworkConditions conditions;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();

    // Guarded by `lock`.
    private boolean silent;

    private TcpRelay(ServerSocketChannel server, InetSocketAddress target, NetworkConditions c)
            throws IOException {
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalAddress();
        this.target = target;
        this.conditions = c;
    }

    /// Listens, and passes connections on to the target.
    public static TcpRelay open(
            InetSocketAddress listen, InetSocketAddress target, NetworkConditions conditions)
            throws IOException {
        TcpRelay relay =
                new TcpRelay(ServerSocketChannel.open().bind(listen, 1024), target, conditions);
        Thread.ofPlatform().daemon().name("relay accept").start(relay::accept);
        return relay;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                Pair pair = new Pair(server.accept());
                Thread.ofPlatform().daemon().name("relay connect").start(pair::start);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void silence(boolean on) {
        lock.lock();
        try {
            silent = on;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitHeard() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (silent && server.isOpen()) heard.await();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cut() {
        for (Pair pair : pairs) pair.cut();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            silence(false);
            cut();
        }
    }

    /// A connection and the one that was made for it.
    private final class Pair {
        private final SocketChannel near;
        private final SocketChannel far;
        private final DelayLine there = new DelayLine(conditions);
        private final DelayLine back = new DelayLine(conditions);

        Pair(SocketChannel near) throws IOException {
            this.near = near;
            this.far = SocketChannel.open();
            pairs.add(this);
        }

        void start() {
            try {
                near.setOption(StandardSocketOptions.TCP_NODELAY, true);
                far.setOption(StandardSocketOptions.TCP_NODELAY, true);
                far.connect(target);
            } catch (IOException e) {
                cut();
                return;
            }
            Thread in =
                    Thread.ofPlatform().daemon().name("relay in").start(() -> fill(near, there));
            Thread out =
                    Thread.ofPlatform().daemon().name("relay out").start(() -> empty(there, far));
            Thread backIn =
                    Thread.ofPlatform().daemon().name("relay in").start(() -> fill(far, back));
            empty(back, near);
            try {
                in.join();
                out.join();
                backIn.join();
            } catch (InterruptedException e) {
                cut();
            }
            cut();
        }

        private void fill(SocketChannel from, DelayLine line) {
            try {
                while (true) {
                    ByteBuffer room = line.room(true);
                    if (room == null) return;
                    int start = room.position();
                    if (from.read(room) < 0) break;
                    line.commit(start);
                }
                line.end();
            } catch (IOException | InterruptedException e) {
                cut();
            }
        }

        private void empty(DelayLine line, SocketChannel to) {
            try {
                for (ByteBuffer bytes = line.take(); bytes != null; bytes = line.take()) {
                    awaitHeard();
                    while (bytes.hasRemaining()) to.write(bytes);
                }
                awaitHeard();
                if (pairs.contains(this)) to.shutdownOutput();
            } catch (IOException | InterruptedException e) {
                cut();
            }
        }

        /// Ends both connections; a reset where they haven't ended already.
        void cut() {
            if (!pairs.remove(this)) return;
            there.close();
            back.close();
            reset(near);
            reset(far);
        }

        private static void reset(SocketChannel channel) {
            try (channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // It is closed already, which is all that is wanted.
                return;
            }
        }
    }
}
