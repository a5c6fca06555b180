package cairn.dag;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Blocks in memory, and words to build DAGs of them by hand, well-formed or not.
public final class MemoryDag implements BlockSource {
    public static final Hashes HASHES = Hashes.jdk();
    private static final HashFunction SHA256 = HASHES.find(Multicodec.SHA2_256).orElseThrow();

    private final Map<Cid, Block> blocks = new ConcurrentHashMap<>();
    private final AtomicInteger gets = new AtomicInteger();

    @Override
    public Optional<Block> get(Cid cid) {
        gets.incrementAndGet();
        return Optional.ofNullable(blocks.get(cid));
    }

    @Override
    public boolean has(Cid cid) {
        return blocks.containsKey(cid);
    }

    /// How often blocks were read.
    public int gets() {
        return gets.get();
    }

    public void put(Block block) {
        blocks.put(block.cid(), block);
    }

    public void remove(Cid cid) {
        blocks.remove(cid);
    }

    /// The bytes i*i*7 mod 251, as in the DAGs that Kubo made.
    public static byte[] content(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) ((long) i * i * 7 % 251);
        return bytes;
    }

    public static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public Cid raw(byte[] bytes) {
        return put(Multicodec.RAW, bytes);
    }

    public Cid raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    public Cid put(Multicodec codec, byte[] bytes) {
        Block block = Block.hashed(1, codec, SHA256, bytes);
        put(block);
        return block.cid();
    }

    public static Cid identity(Multicodec codec, byte[] bytes) {
        return Cid.v1(codec, Multihash.of(Multicodec.IDENTITY, bytes));
    }

    public Cid node(UnixFs data, PbLink... links) {
        return put(Multicodec.DAG_PB, bytes(data, links));
    }

    public static byte[] bytes(UnixFs data, PbLink... links) {
        return PbNode.of(List.of(links), ByteBuffer.wrap(data.encode())).encode();
    }

    public static PbLink link(String name, Cid cid, long tsize) {
        return new PbLink(cid, LinkName.of(name), tsize);
    }

    public PbLink link(String name, Cid cid) {
        return link(name, cid, blocks.containsKey(cid) ? blocks.get(cid).size() : 0);
    }

    public Cid directory(PbLink... links) {
        return node(UnixFs.of(UnixFs.Type.DIRECTORY), links);
    }

    public Cid symlink(String target) {
        return node(UnixFs.of(UnixFs.Type.SYMLINK).withData(text(target)));
    }

    /// A node of a file that declares the sizes of what it links to.
    public Cid fileNode(long size, List<Long> sizes, Cid... parts) {
        PbLink[] links = Arrays.stream(parts).map(c -> link("", c)).toArray(PbLink[]::new);
        return node(UnixFs.of(UnixFs.Type.FILE).withSizes(size, sizes), links);
    }

    public Cid fileLeaf(UnixFs.Type type, byte[] bytes) {
        return node(
                UnixFs.of(type)
                        .withData(ByteBuffer.wrap(bytes))
                        .withSizes(bytes.length, List.of()));
    }

    /// A balanced file of raw leaves.
    public Cid file(byte[] bytes, int chunk, int width) {
        List<Cid> level = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        for (int at = 0; at < bytes.length || at == 0; at += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
            level.add(raw(part));
            sizes.add((long) part.length);
        }
        while (level.size() > 1) {
            List<Cid> above = new ArrayList<>();
            List<Long> sums = new ArrayList<>();
            for (int at = 0; at < level.size(); at += width) {
                int end = Math.min(level.size(), at + width);
                List<Long> below = sizes.subList(at, end);
                long sum = below.stream().mapToLong(Long::longValue).sum();
                above.add(fileNode(sum, below, level.subList(at, end).toArray(Cid[]::new)));
                sums.add(sum);
            }
            level = above;
            sizes = sums;
        }
        return level.getFirst();
    }

    /// A shard with links at places.
    public Cid shard(int fanout, byte[] bitmap, PbLink... links) {
        return node(
                UnixFs.of(UnixFs.Type.HAMT_SHARD)
                        .withData(ByteBuffer.wrap(bitmap))
                        .withShard(0x22, fanout),
                links);
    }
}
