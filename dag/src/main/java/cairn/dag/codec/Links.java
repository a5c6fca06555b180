package cairn.dag.codec;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.PbNode;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The links of a block, told one by one while it is read, whatever its codec; no value is made of
/// it. At least what a tolerant [Codec] reads is read here.
public final class Links {
    private Links() {}

    /// What [#forEach] calls.
    @FunctionalInterface
    public interface Visitor {
        void link(Cid cid, LinkPath path) throws IOException;
    }

    /// Whether blocks of a codec never have links, so that none needs to be read.
    public static boolean isLeaf(Multicodec code) {
        return Codec.of(code)
                .map(
                        codec ->
                                switch (codec) {
                                    case RAW, CBOR, JSON, LIBP2P_KEY -> true;
                                    case DAG_PB, DAG_CBOR, DAG_JSON -> false;
                                })
                .orElse(false);
    }

    /// Tells all links of a block, in the order of its bytes.
    ///
    /// @throws DagException when the block is malformed or of an unknown codec; it names the block.
    ///   Links may have been told before
    /// @throws IOException what the visitor throws
    public static void forEach(Block block, Visitor visitor) throws IOException {
        Cid cid = block.cid();
        Codec codec = Codec.of(cid.codec()).orElseThrow(() -> unknown(cid));
        try {
            switch (codec) {
                case RAW, CBOR, JSON, LIBP2P_KEY -> {}
                case DAG_PB -> PbNode.read(block.data(), new PbLinks(visitor));
                case DAG_CBOR -> new CborLinks(block.data(), visitor).read();
                case DAG_JSON -> new JsonLinks(block.data(), visitor).read();
            }
        } catch (MalformedException e) {
            throw new DagException(cid + " is malformed: " + e.getMessage(), e);
        }
    }

    /// The error for a block whose codec isn't known.
    public static DagException unknown(Cid cid) {
        return new DagException(
                cid
                        + " has codec 0x"
                        + Long.toHexString(cid.codec().code())
                        + ", which can't be read; known are "
                        + List.of(Codec.values()));
    }

    private record PbLinks(Visitor visitor) implements PbNode.Fields {
        @Override
        public void link(Cid cid, Optional<LinkName> name, OptionalLong tsize) throws IOException {
            visitor.link(cid, new PbLinkPath(name.orElse(LinkName.EMPTY)));
        }

        @Override
        public void data(ByteBuffer data) {}
    }

    private record PbLinkPath(LinkName name) implements LinkPath {
        @Override
        public List<LinkName> segments() {
            return List.of(name);
        }
    }
}
