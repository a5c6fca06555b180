package cairn.testkit.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// A relay for UDP. Each address that sends to it gets a socket of its own towards the target. What
/// is due while the line is full is dropped, as by a router.
public final class UdpRelay implements Relay {
    /// As large as the kernel lets them be: a burst waits here while the relay's thread doesn't
    /// run.
    private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

    private final DatagramChannel near;
    private final InetSocketAddress address;
    private final InetSocketAddress target;
    private final NetworkConditions conditions;
    private final Map<SocketAddress, Flow> flows = new ConcurrentHashMap<>();
    private volatile boolean silent;

    private UdpRelay(DatagramChannel near, InetSocketAddress target, NetworkConditions conditions)
            throws IOException {
        this.near = near;
        this.address = (InetSocketAddress) near.getLocalAddress();
        this.target = target;
        this.conditions = conditions;
    }

    /// Listens, and passes datagrams on to the target.
    public static UdpRelay open(
            InetSocketAddress listen, InetSocketAddress target, NetworkConditions conditions)
            throws IOException {
        UdpRelay relay = new UdpRelay(large().bind(listen), target, conditions);
        Thread.ofPlatform().daemon().name("relay in").start(relay::receive);
        return relay;
    }

    private static DatagramChannel large() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        return channel;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void silence(boolean on) {
        silent = on;
    }

    @Override
    public void cut() {
        for (Flow flow : flows.values()) flow.close();
    }

    @Override
    public void close() {
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
        }
    }

    /// Takes what clients send. The datagram is read before its flow is known, and copied once.
    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(DelayLine.LEAST_ROOM);
        try {
            while (true) {
                SocketAddress from = near.receive(datagram.clear());
                Flow flow = flows.get(from);
                if (flow == null) flow = new Flow(from);
                flow.there.pass(datagram.flip());
            }
        } catch (IOException | InterruptedException e) {
            close();
        }
    }

    /// One direction of a flow: the line, and what is lost before it.
    private final class Lane {
        private final DelayLine line = new DelayLine(conditions);
        private final SplittableRandom random;

        Lane(long seed) {
            this.random = new SplittableRandom(seed);
        }

        boolean loses() {
            if (silent) return true;
            return conditions.loss() > 0 && random.nextDouble() < conditions.loss();
        }

        void pass(ByteBuffer datagram) throws InterruptedException {
            if (loses()) return;
            ByteBuffer room = line.room(false);
            if (room == null) return;
            int start = room.position();
            room.put(datagram);
            line.commit(start);
        }
    }

    /// A client's address and the socket that speaks for it.
    private final class Flow {
        private final SocketAddress client;
        private final DatagramChannel far = large();
        private final Lane there = new Lane(conditions.seed());
        private final Lane back = new Lane(~conditions.seed());

        Flow(SocketAddress client) throws IOException {
            this.client = client;
            far.connect(target);
            flows.put(client, this);
            Thread.ofPlatform().daemon().name("relay out").start(this::send);
            Thread.ofPlatform().daemon().name("relay in").start(this::fill);
            Thread.ofPlatform().daemon().name("relay out").start(this::answer);
        }

        private void send() {
            try {
                for (ByteBuffer b = there.line.take(); b != null; b = there.line.take())
                    if (!silent) deliver(b);
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        private void deliver(ByteBuffer datagram) throws IOException {
            try {
                far.write(datagram);
            } catch (PortUnreachableException e) {
                // Nobody is there for now: the datagram is lost, as it would be.
                return;
            }
        }

        private void fill() {
            ByteBuffer datagram = ByteBuffer.allocateDirect(DelayLine.LEAST_ROOM);
            try {
                while (true) {
                    try {
                        far.read(datagram.clear());
                    } catch (PortUnreachableException e) {
                        continue;
                    }
                    back.pass(datagram.flip());
                }
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        private void answer() {
            try {
                for (ByteBuffer b = back.line.take(); b != null; b = back.line.take())
                    if (!silent) near.send(b, client);
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        void close() {
            flows.remove(client, this);
            there.line.close();
            back.line.close();
            try {
                far.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
