package cairn.dag.exporter;

import cairn.dag.DagException;
import cairn.dag.HashBits;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node of a sharded directory: at each place that the bitmap marks, an entry or a further shard.
///
/// **Invariant:** the fanout is a power of two from 8 to 1024, the bitmap has a bit for each link,
/// in order, and each link's name begins with its place.
///
/// Source: specs.ipfs.tech/unixfs, section "dag-pb HAMTDirectory".
///
/// @param width the bits of the hash that one shard uses: log2 of the fanout
/// @param path the bits of the hash that lead here
/// @param used how many bits those are
/// @param places one for each link
/// @param encodedSize the bytes of the block, for bounding what is held of a directory
record Shard(
        Cid root,
        Cid cid,
        int width,
        long path,
        int used,
        List<Integer> places,
        List<PbLink> links,
        int encodedSize) {
    static final int MIN_FANOUT = 8;
    static final int MAX_FANOUT = 1024;

    /// The bytes of the longest path that Linux takes. An entry's name is a copy, and many are held
    /// at once: each of so many shards could have one as large as a block.
    static final int MAX_NAME = 4096;

    static Shard root(Cid cid, PbNode node, UnixFs data) throws DagException {
        return read(cid, cid, node, data, 0, 0);
    }

    /// Reads the shard at a link of this one.
    Shard child(int index, Block block) throws DagException {
        PbNode node = Nodes.decode(block);
        UnixFs data = Nodes.unixFs(block.cid(), node);
        if (data.type() != UnixFs.Type.HAMT_SHARD)
            throw malformed(block.cid(), "is of type " + data.type());
        if (used + 2 * width > HashBits.BITS)
            throw malformed(block.cid(), "is deeper than the hash has bits");
        Shard child =
                read(
                        root,
                        block.cid(),
                        node,
                        data,
                        path << width | places.get(index),
                        used + width);
        if (child.width != width)
            throw malformed(
                    block.cid(),
                    "has a fanout of " + (1 << child.width) + ", the root of " + (1 << width));
        if (child.links.isEmpty()) throw malformed(block.cid(), "is empty");
        return child;
    }

    private static Shard read(Cid root, Cid cid, PbNode node, UnixFs data, long path, int used)
            throws DagException {
        long fanout = data.fanout().orElse(0);
        if (fanout < MIN_FANOUT || fanout > MAX_FANOUT || Long.bitCount(fanout) != 1)
            throw malformed(
                    cid,
                    "has a fanout of "
                            + fanout
                            + "; it must be a power of two from "
                            + MIN_FANOUT
                            + " to "
                            + MAX_FANOUT);
        if (data.hashType().orElse(-1) != Multicodec.MURMUR3_X64_64.code())
            throw malformed(
                    cid,
                    "places names by hash 0x"
                            + Long.toHexString(data.hashType().orElse(0))
                            + ", not by murmur3-x64-64 (0x22)");
        List<Integer> places =
                places(cid, (int) fanout, data.data().orElse(ByteBuffer.allocate(0)));
        if (places.size() != node.links().size())
            throw malformed(
                    cid,
                    "marks " + places.size() + " places and has " + node.links().size() + " links");
        int width = Long.numberOfTrailingZeros(fanout);
        Shard shard =
                new Shard(root, cid, width, path, used, places, node.links(), node.encodedSize());
        for (int i = 0; i < places.size(); i++) shard.checkPrefix(i);
        return shard;
    }

    /// The places that a bitmap marks: big-endian, leading bytes of zeros left out or not.
    private static List<Integer> places(Cid cid, int fanout, ByteBuffer bitmap)
            throws DagException {
        int size = bitmap.remaining();
        if (size > fanout / 8)
            throw malformed(
                    cid, "has a bitmap of " + size + " bytes; at most " + fanout / 8 + " fit");
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < size * 8; place++) {
            byte bits = bitmap.get(bitmap.position() + size - 1 - place / 8);
            if ((bits >> place % 8 & 1) != 0) places.add(place);
        }
        return List.copyOf(places);
    }

    /// How many hexadecimal digits of a link's name tell its place.
    private int digits() {
        return (width + 3) / 4;
    }

    private void checkPrefix(int index) throws DagException {
        LinkName name = links.get(index).name();
        int place = 0;
        for (int i = 0; i < digits(); i++) {
            int digit = i < name.size() ? upperHex(name.byteAt(i)) : -1;
            if (digit < 0)
                throw malformed(
                        cid, "has a link " + name.quoted() + " that doesn't begin with a place");
            place = place << 4 | digit;
        }
        if (place != places.get(index))
            throw malformed(cid, "has a link " + name.quoted() + " in place " + places.get(index));
    }

    private static int upperHex(byte b) {
        if (b >= '0' && b <= '9') return b - '0';
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }

    /// Whether a link leads to a further shard.
    boolean isShard(int index) {
        return links.get(index).name().size() == digits();
    }

    /// The entry that a link is.
    ///
    /// @throws DagException when the entry's name is too long, or doesn't belong here: a lookup
    ///   would not find it
    DirectoryEntry entry(int index) throws DagException {
        PbLink link = links.get(index);
        int size = link.name().size() - digits();
        if (size > MAX_NAME)
            throw malformed(
                    cid, "has an entry with a name of " + size + " bytes; at most " + MAX_NAME);
        byte[] bytes = link.name().bytes();
        LinkName name = LinkName.of(ByteBuffer.wrap(bytes, digits(), bytes.length - digits()));
        long place = path << width | places.get(index);
        if (HashBits.of(name).first(used + width) != place)
            throw malformed(cid, "has an entry " + name.quoted() + " whose hash leads elsewhere");
        return new DirectoryEntry(name, link.cid(), link.tsize());
    }

    /// Looks a name up, from here down.
    Optional<DirectoryEntry> find(LinkName name, BlockFetcher fetcher) throws IOException {
        if (name.isEmpty()) return Optional.empty();
        HashBits hash = HashBits.of(name);
        Shard shard = this;
        while (true) {
            int index = shard.places.indexOf(hash.place(shard.used, width));
            if (index < 0) return Optional.empty();
            if (!shard.isShard(index))
                return Optional.of(shard.entry(index)).filter(e -> e.name().equals(name));
            shard = shard.child(index, fetcher.get(shard.links.get(index).cid()));
        }
    }

    private static DagException malformed(Cid cid, String what) {
        return new DagException("directory shard " + cid + " " + what);
    }
}
