package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import cairn.dag.DagException;
import cairn.dag.HashBits;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.dag.UnixFs;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Writes a directory as a hash array mapped trie: a tree of shards, where the bits of a name's
/// hash say the way, from the highest bit on.
///
/// The entries are sorted by hash, so that each shard is a range of them, and only the shards on
/// the way to the one in work are held. Source: specs.ipfs.tech/unixfs, section "HAMTDirectory".
final class HamtWriter {
    private final int fanout;
    private final int bits;
    private final int prefixLength;
    private final NodeWriter writer;

    HamtWriter(int fanout, NodeWriter writer) {
        this.fanout = fanout;
        bits = Integer.numberOfTrailingZeros(fanout);
        prefixLength = Integer.toHexString(fanout - 1).length();
        this.writer = writer;
    }

    private record Entry(HashBits hash, PbLink link) {}

    /// Writes all shards of a directory.
    ///
    /// @return the root shard, which has the metadata
    /// @throws DagException when more names share a hash than 64 bits can tell apart
    Node write(List<PbLink> links, Metadata metadata) throws IOException {
        Entry[] entries = new Entry[links.size()];
        Arrays.setAll(entries, i -> new Entry(HashBits.of(links.get(i).name()), links.get(i)));
        Arrays.sort(entries, Comparator.comparing(Entry::hash));
        return shard(entries, 0, entries.length, 0, metadata);
    }

    private Node shard(Entry[] entries, int from, int to, int depth, Metadata metadata)
            throws IOException {
        if ((depth + 1) * bits > HashBits.BITS)
            throw new DagException(
                    "the names "
                            + entries[from].link.name().quoted()
                            + " and "
                            + entries[from + 1].link.name().quoted()
                            + " have one hash, and can't be in one sharded directory");
        List<PbLink> links = new ArrayList<>(Math.min(to - from, fanout));
        byte[] bitmap = new byte[fanout / 8];
        for (int start = from; start < to; ) {
            int slot = entries[start].hash.place(depth * bits, bits);
            int end = start + 1;
            while (end < to && entries[end].hash.place(depth * bits, bits) == slot) end++;
            bitmap[bitmap.length - 1 - slot / 8] |= (byte) (1 << slot % 8);
            links.add(
                    end == start + 1
                            ? entry(slot, entries[start].link)
                            : child(slot, shard(entries, start, end, depth + 1, Metadata.NONE)));
            start = end;
        }
        UnixFs data =
                metadata.on(UnixFs.of(UnixFs.Type.HAMT_SHARD))
                        .withData(trimmed(bitmap))
                        .withShard(Multicodec.MURMUR3_X64_64.code(), fanout);
        return writer.write(links, data, 0);
    }

    private PbLink entry(int slot, PbLink link) {
        byte[] prefix = prefix(slot);
        ByteBuffer name = ByteBuffer.allocate(prefix.length + link.name().size());
        name.put(prefix);
        link.name().writeTo(name);
        return new PbLink(link.cid(), LinkName.of(name.flip()), link.tsize());
    }

    private PbLink child(int slot, Node shard) {
        return new PbLink(shard.cid(), LinkName.of(prefix(slot)), shard.size());
    }

    private byte[] prefix(int slot) {
        String hex = Integer.toHexString(slot).toUpperCase(Locale.ROOT);
        return ("0".repeat(prefixLength - hex.length()) + hex).getBytes(StandardCharsets.US_ASCII);
    }

    /// The bitmap without the zero bytes at its beginning.
    private static ByteBuffer trimmed(byte[] bitmap) {
        int start = 0;
        while (bitmap[start] == 0) start++;
        return ByteBuffer.wrap(bitmap, start, bitmap.length - start).slice();
    }
}
