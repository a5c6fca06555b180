package cairn.dag.walk;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.codec.LinkPath;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The links of a block, packed: the bytes of each CID and, where names are wanted, a name's length
/// and bytes. So they take no more than in the block, give or take four bytes a link.
final class LinkList {
    private static final int FIRST_BYTES = 256;

    private final boolean named;
    private byte[] packed = new byte[FIRST_BYTES];
    private int end;
    private DagException fault;

    /// A link and where the next one is.
    record Link(Cid cid, LinkName name, int next) {}

    private LinkList(boolean named) {
        this.named = named;
    }

    /// Reads the links of a block.
    ///
    /// @param named whether names are kept
    static LinkList of(Block block, boolean named) throws IOException {
        LinkList list = new LinkList(named);
        try {
            Links.forEach(block, list::add);
        } catch (DagException e) {
            list.fault = e;
        }
        list.packed = Arrays.copyOf(list.packed, list.end);
        return list;
    }

    private void add(Cid cid, LinkPath path) {
        LinkName name = named ? path.name() : LinkName.EMPTY;
        int size = cid.size() + (named ? Integer.BYTES + name.size() : 0);
        if (packed.length - end < size)
            packed = Arrays.copyOf(packed, Math.max(end + size, packed.length * 2));
        ByteBuffer out = ByteBuffer.wrap(packed, end, size);
        cid.writeTo(out);
        if (named) {
            out.putInt(name.size());
            name.writeTo(out);
        }
        end += size;
    }

    /// Why the links are not all that the block has: it is malformed behind them.
    Optional<DagException> fault() {
        return Optional.ofNullable(fault);
    }

    /// How many bytes the links take.
    int bytes() {
        return end;
    }

    /// The link that begins at a place between 0 and [#bytes].
    Link at(int place) {
        ByteBuffer in = ByteBuffer.wrap(packed, place, end - place);
        try {
            Cid cid = Cid.read(in);
            if (!named) return new Link(cid, LinkName.EMPTY, in.position());
            ByteBuffer name = in.slice(in.position() + Integer.BYTES, in.getInt());
            return new Link(cid, LinkName.of(name), in.position() + name.remaining());
        } catch (MalformedException e) {
            throw new IllegalStateException("a CID was packed and isn't one", e);
        }
    }
}
