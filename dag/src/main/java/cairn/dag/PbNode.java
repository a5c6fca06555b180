package cairn.dag;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.protobuf.ProtoReader;
import cairn.multiformats.protobuf.ProtoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A node of dag-pb: links, and optionally data. Immutable; link order is part of the value.
///
/// Read are both orders of the two fields (IPIP-550), written is links first. A link's own fields
/// come in the order hash, name, tsize. Source: ipld.io/specs/codecs/dag-pb.
public final class PbNode {
    static final int DATA = 1;
    static final int LINKS = 2;
    static final int HASH = 1;
    static final int NAME = 2;
    static final int TSIZE = 3;

    private final List<PbLink> links;
    private final ByteBuffer data;

    private PbNode(List<PbLink> links, ByteBuffer data) {
        this.links = links;
        this.data = data;
    }

    /// A node of links, in this order, and data, which becomes the node's.
    public static PbNode of(List<PbLink> links, ByteBuffer data) {
        return new PbNode(List.copyOf(links), data.asReadOnlyBuffer());
    }

    /// What [#read] tells of a node.
    public interface Fields {
        /// A link, in the order of links. Name and tsize are empty where the node gives none.
        void link(Cid cid, Optional<LinkName> name, OptionalLong tsize) throws IOException;

        /// The data: a view.
        void data(ByteBuffer data);
    }

    /// Reads a whole block. The node's data is a view of it.
    ///
    /// @throws MalformedException when the bytes are not one dag-pb node and nothing else
    public static PbNode decode(ByteBuffer block) throws MalformedException {
        Builder node = new Builder();
        try {
            read(block, node);
        } catch (MalformedException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("building a node does no I/O", e);
        }
        return new PbNode(List.copyOf(node.links), node.data);
    }

    private static final class Builder implements Fields {
        private final List<PbLink> links = new ArrayList<>();
        private ByteBuffer data;

        @Override
        public void link(Cid cid, Optional<LinkName> name, OptionalLong tsize) {
            links.add(new PbLink(cid, name.orElse(LinkName.EMPTY), tsize.orElse(0)));
        }

        @Override
        public void data(ByteBuffer bytes) {
            data = bytes;
        }
    }

    /// Tells the fields of a whole block one by one.
    ///
    /// @throws MalformedException when the bytes are not one dag-pb node and nothing else; what was
    ///   told until then is true of its begin
    /// @throws IOException what the fields' taker throws
    public static void read(ByteBuffer block, Fields fields) throws IOException {
        ProtoReader in = new ProtoReader("dag-pb node", block);
        int links = 0;
        boolean hasData = false;
        boolean linksEnded = false;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case DATA -> {
                    if (hasData) throw new MalformedException("dag-pb node: two data fields");
                    hasData = true;
                    fields.data(in.bytes("data").asReadOnlyBuffer());
                    linksEnded = links > 0;
                }
                case LINKS -> {
                    if (linksEnded)
                        throw new MalformedException(
                                "dag-pb node: links before and after the data");
                    readLink(in.bytes("link"), links++, fields);
                }
                default -> throw new MalformedException("dag-pb node: unknown field " + field);
            }
        }
    }

    private static void readLink(ByteBuffer bytes, int index, Fields fields) throws IOException {
        ProtoReader in = new ProtoReader("dag-pb link " + index, bytes);
        Cid cid = null;
        Optional<LinkName> name = Optional.empty();
        OptionalLong tsize = OptionalLong.empty();
        int last = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field <= last)
                throw new MalformedException(
                        "dag-pb link " + index + ": field " + field + " after field " + last);
            last = field;
            switch (field) {
                case HASH -> cid = decodeCid(in.bytes("hash"));
                case NAME -> name = Optional.of(LinkName.of(in.bytes("name")));
                case TSIZE -> tsize = OptionalLong.of(in.size("tsize"));
                default ->
                        throw new MalformedException(
                                "dag-pb link " + index + ": unknown field " + field);
            }
        }
        if (cid == null) throw new MalformedException("dag-pb link " + index + ": no hash");
        fields.link(cid, name, tsize);
    }

    private static Cid decodeCid(ByteBuffer bytes) throws MalformedException {
        Cid cid = Cid.read(bytes);
        if (bytes.hasRemaining())
            throw new MalformedException(bytes.remaining() + " bytes after a link's CID");
        return cid;
    }

    public List<PbLink> links() {
        return links;
    }

    /// The data, read-only; empty when the node has none, which is not the same as data of no
    /// bytes.
    public Optional<ByteBuffer> data() {
        return Optional.ofNullable(data).map(ByteBuffer::duplicate);
    }

    /// The node as the bytes of a block. Names and tsizes are always written, as Kubo writes them.
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(encodedSize());
        for (PbLink link : links) {
            ProtoWriter.putBytesHead(LINKS, linkSize(link), out);
            ProtoWriter.putBytesHead(HASH, link.cid().size(), out);
            link.cid().writeTo(out);
            ProtoWriter.putBytesHead(NAME, link.name().size(), out);
            link.name().writeTo(out);
            ProtoWriter.putNumber(TSIZE, link.tsize(), out);
        }
        if (data != null) {
            ProtoWriter.putBytesHead(DATA, data.remaining(), out);
            out.put(data.duplicate());
        }
        return out.array();
    }

    /// The number of bytes that [#encode] makes.
    public int encodedSize() {
        int size = data == null ? 0 : ProtoWriter.bytes(data.remaining());
        for (PbLink link : links) size += ProtoWriter.bytes(linkSize(link));
        return size;
    }

    /// The number of bytes that one more link adds to a node.
    public static int encodedSize(PbLink link) {
        return ProtoWriter.bytes(linkSize(link));
    }

    private static int linkSize(PbLink link) {
        return ProtoWriter.bytes(link.cid().size())
                + ProtoWriter.bytes(link.name().size())
                + ProtoWriter.number(link.tsize());
    }
}
