package cairn.bench.shares;

import cairn.bitswap.LocalBlocks;
import cairn.bitswap.client.ClientOptions;
import cairn.bitswap.client.Session;
import cairn.bitswap.protocol.Bitswap;
import cairn.bitswap.protocol.BitswapOptions;
import cairn.bitswap.server.ServerOptions;
import cairn.bitswap.session.BlockTaker;
import cairn.bitswap.session.SessionOptions;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Has hosts fetch the same blocks from one server over TCP, all at once and in one process, and
/// says what each had when the first had all.
public final class Shares {
    private static final Hashes HASHES = Hashes.jdk();
    private static final double MEBI = 1 << 20;
    private static final Duration MOST_TIME = Duration.ofMinutes(5);

    private Shares() {}

    /// @param args how many hosts, MiB that each wants, KiB of a block
    public static void main(String[] args)
            throws IOException, InterruptedException, MalformedException {
        int hosts = Integer.parseInt(args[0]);
        long bytes = Long.parseLong(args[1]) << 20;
        int blockSize = Integer.parseInt(args[2]) << 10;
        Map<Cid, Block> blocks = blocks((int) (bytes / blockSize), blockSize);
        Deque<Closeable> open = new ArrayDeque<>();
        try {
            Host server = host(open);
            open.push(bitswap(server, new Kept(blocks)));
            List<Fetching> all = new ArrayList<>();
            CountDownLatch first = new CountDownLatch(1);
            for (int i = 0; i < hosts; i++)
                all.add(fetching(open, server, (long) blocks.size() * blockSize, first));
            long began = System.nanoTime();
            for (Fetching one : all) for (Cid cid : blocks.keySet()) one.session.want(cid, one);
            if (!first.await(MOST_TIME.toSeconds(), TimeUnit.SECONDS))
                throw new IOException("nobody had all within " + MOST_TIME);
            report(all.stream().map(one -> one.bytes.get()).toList(), System.nanoTime() - began);
        } finally {
            for (Closeable each : open) each.close();
        }
    }

    private static void report(List<Long> had, long nanos) {
        LongSummaryStatistics all = had.stream().mapToLong(bytes -> bytes).summaryStatistics();
        System.out.printf(
                "%d hosts had %.0f to %.0f MiB, %.0f on average, after %.1f s (%.0f MB/s in all)%n",
                had.size(),
                all.getMin() / MEBI,
                all.getMax() / MEBI,
                all.getAverage() / MEBI,
                nanos / 1e9,
                all.getSum() * 1e3 / nanos);
    }

    private static Map<Cid, Block> blocks(int count, int size) {
        HashFunction function = HASHES.find(Multicodec.SHA2_256).orElseThrow();
        Random random = new Random(1);
        Map<Cid, Block> blocks = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Block block = Block.hashed(1, Multicodec.RAW, function, bytes);
            blocks.put(block.cid(), block);
        }
        return blocks;
    }

    /// Blocks in memory.
    private record Kept(Map<Cid, Block> blocks) implements LocalBlocks {
        @Override
        public OptionalInt size(Cid cid) {
            Block block = blocks.get(cid);
            return block == null ? OptionalInt.empty() : OptionalInt.of(block.size());
        }

        @Override
        public Optional<Block> get(Cid cid) {
            return Optional.ofNullable(blocks.get(cid));
        }
    }

    /// A host that fetches, and counts what came.
    private static final class Fetching implements BlockTaker {
        private final Session session;
        private final long wanted;
        private final CountDownLatch first;
        private final AtomicLong bytes = new AtomicLong();

        Fetching(Session session, long wanted, CountDownLatch first) {
            this.session = session;
            this.wanted = wanted;
            this.first = first;
        }

        @Override
        public void arrived(Block block, String source) {
            if (bytes.addAndGet(block.size()) >= wanted) first.countDown();
        }

        @Override
        public void failed(Cid cid, IOException why) {
            first.countDown();
        }
    }

    private static Fetching fetching(
            Deque<Closeable> open, Host server, long bytes, CountDownLatch first)
            throws IOException, MalformedException {
        Host host = host(open);
        Bitswap bitswap = bitswap(host, new Kept(Map.of()));
        open.push(bitswap);
        Session session = bitswap.session(SessionOptions.DEFAULT);
        open.push(session);
        host.connect(server.listenAddresses().getFirst().withPeer(server.id()));
        return new Fetching(session, bytes, first);
    }

    private static Host host(Deque<Closeable> open) throws IOException, MalformedException {
        Multiaddr anywhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        Host host = Host.open(HostOptions.of(SigningKey.generate()).listen(List.of(anywhere)));
        open.push(host);
        return host;
    }

    private static Bitswap bitswap(Host host, LocalBlocks blocks) {
        BitswapOptions options =
                new BitswapOptions(ClientOptions.of(HASHES), ServerOptions.DEFAULTS);
        return Bitswap.open(host, blocks, (cid, found) -> {}, options);
    }
}
