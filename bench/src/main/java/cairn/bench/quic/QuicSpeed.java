package cairn.bench.quic;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.quic.QuicSettings;
import cairn.libp2p.quic.QuicTransport;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Sends bytes between two processes over QUIC on loopback, up and down, over one stream and over
/// eight, and says how fast, and what each end's processor took for it.
///
/// Each stream begins with a direction and a count of bytes; the other end answers an upload with
/// the processor time it has used, and ends a download with it.
public final class QuicSpeed {
    private static final int PIECE = 64 << 10;
    private static final byte UP = 'u';
    private static final byte DOWN = 'd';
    private static final int ANSWER_BYTES = 8;
    private static final List<Integer> STREAMS = List.of(1, 8);

    private QuicSpeed() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2 && args[0].equals("--serve")) {
            serve(congestion(args[1]));
            return;
        }
        int mib = args.length > 0 ? Integer.parseInt(args[0]) : 256;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        measure(mib, rounds, args.length > 2 ? args[2] : "BBR");
    }

    private static QuicSettings congestion(String name) {
        QuicSettings usual = QuicSettings.defaults();
        return new QuicSettings(
                QuicSettings.Congestion.valueOf(name),
                usual.idleTimeout(),
                usual.keepAlive(),
                usual.handshakeTimeout());
    }

    private static void serve(QuicSettings settings) throws IOException {
        SigningKey key = SigningKey.generate();
        try (var transport = new QuicTransport(key, settings, InstantSource.system())) {
            var listener =
                    transport.listen(
                            Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"),
                            new Answering(QuicSpeed::answer));
            System.out.println(listener.address() + " " + key.peerId());
            // Until the other process closes the pipe.
            while (System.in.read() >= 0) {}
        }
    }

    private static void answer(MuxedStream stream) {
        try (stream) {
            byte[] head = new byte[1 + Long.BYTES];
            Messages.readFully(stream, head, 0, head.length);
            ByteBuffer in = ByteBuffer.wrap(head);
            byte[] piece = new byte[PIECE];
            if (in.get() == UP) {
                while (stream.read(piece, 0, PIECE) >= 0) {}
            } else {
                send(stream, in.getLong(), piece);
            }
            stream.write(
                    ByteBuffer.allocate(ANSWER_BYTES).putLong(processorNanos()).array(),
                    0,
                    ANSWER_BYTES);
        } catch (IOException e) {
            stream.reset();
        }
    }

    private static void send(MuxedStream stream, long count, byte[] piece) throws IOException {
        for (long left = count; left > 0; left -= PIECE)
            stream.write(piece, 0, (int) Math.min(left, PIECE));
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void measure(int mib, int rounds, String congestion)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        QuicSpeed.class.getName(),
                        "--serve",
                        congestion));
        Process server =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var transport =
                new QuicTransport(
                        SigningKey.generate(), congestion(congestion), InstantSource.system())) {
            String[] where =
                    new BufferedReader(
                                    new InputStreamReader(
                                            server.getInputStream(), StandardCharsets.UTF_8))
                            .readLine()
                            .split(" ", -1);
            Link link =
                    transport.dial(
                            Multiaddr.parse(where[0]),
                            PeerId.parse(where[1]),
                            Admission.unlimited());
            link.muxed().start(MuxedStream::reset);
            System.out.println("| direction | streams | MB/s | dialler, s/GB | listener, s/GB |");
            System.out.println("| --- | --: | --: | --: | --: |");
            long before = 0;
            for (int round = 0; round < rounds; round++)
                for (byte direction : new byte[] {UP, DOWN})
                    for (int streams : STREAMS)
                        before = run(link.muxed(), direction, streams, (long) mib << 20, before);
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private static long run(
            MuxedConnection muxed, byte direction, int count, long bytes, long theirsBefore)
            throws InterruptedException {
        long ours = processorNanos();
        long began = System.nanoTime();
        long[] theirs = new long[count];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i;
            threads.add(
                    Thread.startVirtualThread(
                            () -> theirs[at] = transfer(muxed, direction, bytes / count)));
        }
        for (Thread thread : threads) thread.join();
        double seconds = (System.nanoTime() - began) / 1e9;
        long theirsNow = 0;
        for (long each : theirs) theirsNow = Math.max(theirsNow, each);
        double gigabytes = bytes / 1e9;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.2f | %.2f |%n",
                direction == UP ? "up" : "down",
                count,
                bytes / 1e6 / seconds,
                (processorNanos() - ours) / 1e9 / gigabytes,
                (theirsNow - theirsBefore) / 1e9 / gigabytes);
        return theirsNow;
    }

    private static long transfer(MuxedConnection muxed, byte direction, long bytes) {
        try (MuxedStream stream = muxed.open()) {
            byte[] piece = new byte[PIECE];
            stream.write(
                    ByteBuffer.allocate(1 + Long.BYTES).put(direction).putLong(bytes).array(),
                    0,
                    1 + Long.BYTES);
            if (direction == UP) send(stream, bytes, piece);
            stream.closeWrite();
            if (direction == DOWN)
                for (long left = bytes; left > 0; ) {
                    int n = stream.read(piece, 0, (int) Math.min(left, PIECE));
                    if (n < 0) throw new IOException("the download ended early");
                    left -= n;
                }
            byte[] answer = new byte[ANSWER_BYTES];
            Messages.readFully(stream, answer, 0, ANSWER_BYTES);
            return ByteBuffer.wrap(answer).getLong();
        } catch (IOException e) {
            throw new IllegalStateException("the transfer failed", e);
        }
    }
}
