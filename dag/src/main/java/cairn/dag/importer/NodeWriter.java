package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import cairn.dag.BlockSink;
import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Encodes nodes, names them and puts them into the sink. What is inlined goes into its CID and
/// nowhere else. Safe for use by many threads at once.
final class NodeWriter {
    private final ImportOptions options;
    private final HashFunction hash;
    private final BlockSink sink;

    NodeWriter(ImportOptions options, HashFunction hash, BlockSink sink) {
        this.options = options;
        this.hash = hash;
        this.sink = sink;
    }

    /// Writes a chunk of a file. The array belongs to the block from here on.
    ///
    /// @param whole whether the chunk is all of a file that needs no node above it
    Node leaf(byte[] chunk, boolean whole, Metadata metadata) throws IOException {
        if (options.rawLeaves())
            return new Node(put(Multicodec.RAW, chunk), chunk.length, chunk.length);
        boolean file = whole || options.layout() == ImportOptions.Layout.BALANCED;
        UnixFs data =
                metadata.on(UnixFs.of(file ? UnixFs.Type.FILE : UnixFs.Type.RAW))
                        .withSizes(chunk.length, List.of());
        if (chunk.length > 0) data = data.withData(ByteBuffer.wrap(chunk));
        return write(List.of(), data, chunk.length);
    }

    /// Writes a node of a file above its leaves.
    Node fileNode(List<Node> children, Metadata metadata) throws IOException {
        List<PbLink> links = new ArrayList<>(children.size());
        List<Long> sizes = new ArrayList<>(children.size());
        long fileSize = 0;
        for (Node child : children) {
            links.add(new PbLink(child.cid(), LinkName.EMPTY, child.size()));
            sizes.add(child.fileSize());
            fileSize += child.fileSize();
        }
        UnixFs data = metadata.on(UnixFs.of(UnixFs.Type.FILE)).withSizes(fileSize, sizes);
        return write(links, data, fileSize);
    }

    /// Writes a symbolic link.
    Node symlink(byte[] target, Metadata metadata) throws IOException {
        UnixFs data = metadata.on(UnixFs.of(UnixFs.Type.SYMLINK)).withData(ByteBuffer.wrap(target));
        return write(List.of(), data, 0);
    }

    /// Writes a node of links and data.
    Node write(List<PbLink> links, UnixFs data, long fileSize) throws IOException {
        return write(PbNode.of(links, ByteBuffer.wrap(data.encode())), fileSize);
    }

    /// Writes a node.
    Node write(PbNode node, long fileSize) throws IOException {
        int encodedSize = node.encodedSize();
        if (encodedSize > Block.MAX_BYTES)
            throw new DagException(
                    "a node of "
                            + encodedSize
                            + " bytes doesn't fit into a block; at most "
                            + Block.MAX_BYTES);
        long size = encodedSize;
        for (PbLink link : node.links()) size += link.tsize();
        return new Node(put(Multicodec.DAG_PB, node.encode()), size, fileSize);
    }

    private Cid put(Multicodec codec, byte[] bytes) throws IOException {
        boolean identity = hash.code().equals(Multicodec.IDENTITY);
        if (identity && bytes.length > Multihash.MAX_DIGEST_BYTES)
            throw new DagException(
                    "a block of "
                            + bytes.length
                            + " bytes is too long for the hash identity; at most "
                            + Multihash.MAX_DIGEST_BYTES);
        if (identity
                || (options.inlineLimit().isPresent()
                        && bytes.length <= options.inlineLimit().getAsInt()))
            return Cid.v1(codec, Multihash.of(Multicodec.IDENTITY, bytes));
        int version = codec.equals(Multicodec.RAW) ? 1 : options.cidVersion();
        Block block = Block.hashed(version, codec, hash, bytes);
        sink.put(block);
        return block.cid();
    }
}
