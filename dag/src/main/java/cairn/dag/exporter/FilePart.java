package cairn.dag.exporter;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A node of a file's tree: some bytes of the file, and parts below with the sizes that this node
/// declares of them.
///
/// **Invariant:** where it was read, the bytes and the declared sizes add up to `size`.
///
/// @param data the bytes that are in this node, which come before those of the links; empty when
///   the node was not read
/// @param sizes one for each link
/// @param encodedSize the bytes of the block, for bounding what is held of a tree
record FilePart(
        Cid cid,
        long size,
        Optional<ByteBuffer> data,
        List<PbLink> links,
        List<Long> sizes,
        int encodedSize) {

    static FilePart unread(Cid cid, long size) {
        return new FilePart(cid, size, Optional.empty(), List.of(), List.of(), 0);
    }

    static FilePart raw(Block block) {
        return new FilePart(
                block.cid(),
                block.size(),
                Optional.of(block.data()),
                List.of(),
                List.of(),
                block.size());
    }

    /// The target of a symbolic link as the bytes of a file.
    static FilePart target(Cid cid, LinkName target) {
        ByteBuffer bytes = ByteBuffer.wrap(target.bytes()).asReadOnlyBuffer();
        return new FilePart(cid, target.size(), Optional.of(bytes), List.of(), List.of(), 0);
    }

    /// Reads a block as part of a file.
    static FilePart of(Block block) throws DagException {
        if (block.cid().codec().equals(Multicodec.RAW)) return raw(block);
        PbNode node = Nodes.decode(block);
        UnixFs data = Nodes.unixFs(block.cid(), node);
        return switch (data.type()) {
            case FILE, RAW -> of(block.cid(), node, data);
            case DIRECTORY, HAMT_SHARD, SYMLINK, METADATA ->
                    throw new DagException(
                            block.cid() + " is part of a file, but of type " + data.type());
        };
    }

    static FilePart of(Cid cid, PbNode node, UnixFs data) throws DagException {
        ByteBuffer bytes = data.data().orElse(ByteBuffer.allocate(0));
        List<Long> sizes = data.blockSizes();
        if (sizes.size() != node.links().size())
            throw new DagException(
                    cid
                            + " has "
                            + node.links().size()
                            + " links and the sizes of "
                            + sizes.size());
        long sum = bytes.remaining();
        for (long size : sizes) {
            sum += size;
            if (sum < 0) throw new DagException(cid + ": its sizes add up to over 2^63 bytes");
        }
        if (data.fileSize().isPresent() && data.fileSize().getAsLong() != sum)
            throw new DagException(
                    cid
                            + " declares "
                            + data.fileSize().getAsLong()
                            + " bytes, but its parts add up to "
                            + sum);
        return new FilePart(cid, sum, Optional.of(bytes), node.links(), sizes, node.encodedSize());
    }

    boolean isRead() {
        return data.isPresent();
    }
}
