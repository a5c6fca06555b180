package cairn.dag.codec;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.PbNode;
import cairn.dag.PbWriter;
import cairn.dag.codec.Value.Bytes;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Int;
import cairn.dag.codec.Value.Items;
import cairn.dag.codec.Value.Link;
import cairn.dag.codec.Value.Text;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The logical form of dag-pb: a map of `Links`, which are maps of `Hash` and where there are such
/// `Name` and `Tsize`, and of `Data` where there is any.
///
/// Strict are names in UTF-8 and links in the order of their names. A form whose links are in
/// another order is not written: it could only be read back changed. Source:
/// ipld.io/specs/codecs/dag-pb.
final class PbForm {
    static final Text DATA = Text.of("Data");
    static final Text LINKS = Text.of("Links");
    static final Text HASH = Text.of("Hash");
    private static final Text NAME = Text.of("Name");
    private static final Text TSIZE = Text.of("Tsize");

    /// The memory that the map of a link takes besides its name.
    private static final long LINK_BYTES =
            Allowance.COLLECTION + Allowance.LINK + Allowance.NUMBER + 3 * 24;

    private PbForm() {}

    static Value decode(ByteBuffer block, boolean strict) throws MalformedException {
        Form form = new Form(strict);
        try {
            PbNode.read(block, form);
        } catch (MalformedException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("building a form does no I/O", e);
        }
        return form.value();
    }

    private static final class Form implements PbNode.Fields {
        private final boolean strict;
        private final List<Value> links = new ArrayList<>();
        private Optional<ByteBuffer> data = Optional.empty();
        private LinkName last = LinkName.EMPTY;
        private final Allowance allowance = new Allowance(Codec.DAG_PB);

        Form(boolean strict) {
            this.strict = strict;
        }

        @Override
        public void link(Cid cid, Optional<LinkName> name, OptionalLong tsize)
                throws MalformedException {
            long named = name.map(n -> (long) Allowance.STRING + n.size()).orElse(0L);
            allowance.take(LINK_BYTES + named);
            if (strict) check(name.orElse(LinkName.EMPTY));
            List<Entry> link = new ArrayList<>(3);
            link.add(new Entry(HASH, new Link(cid)));
            name.ifPresent(n -> link.add(new Entry(NAME, new Text(Octets.of(n.bytes())))));
            tsize.ifPresent(size -> link.add(new Entry(TSIZE, Int.of(size))));
            links.add(new Entries(link));
        }

        private void check(LinkName name) throws MalformedException {
            if (!name.isUtf8()) throw new MalformedException("dag-pb: a name not in UTF-8");
            if (name.compareTo(last) < 0)
                throw new MalformedException("dag-pb: links out of the order of their names");
            last = name;
        }

        @Override
        public void data(ByteBuffer bytes) {
            data = Optional.of(bytes);
        }

        Value value() {
            List<Entry> node = new ArrayList<>(2);
            data.ifPresent(bytes -> node.add(new Entry(DATA, new Bytes(Octets.of(bytes)))));
            node.add(new Entry(LINKS, new Items(links)));
            return new Entries(node);
        }
    }

    static byte[] encode(Value value) throws DagException {
        if (!(value instanceof Entries node)) throw unfit("anything but a map");
        refuseOthers(node, List.of(DATA, LINKS));
        Optional<Value> data = node.get(DATA);
        if (!(node.get(LINKS).orElse(Value.NULL) instanceof Items(List<Value> items)))
            throw unfit("a map without a list of Links");
        PbWriter out = new PbWriter();
        LinkName last = LinkName.EMPTY;
        for (Value item : items) last = putLink(item, last, out);
        if (data.isPresent()) {
            if (!(data.get() instanceof Bytes(Octets bytes))) throw unfit("Data but bytes");
            out.data(bytes.data());
        }
        return out.bytes();
    }

    /// @return the link's name
    private static LinkName putLink(Value item, LinkName last, PbWriter out) throws DagException {
        if (!(item instanceof Entries link)) throw unfit("anything but maps in Links");
        refuseOthers(link, List.of(HASH, NAME, TSIZE));
        if (!(link.get(HASH).orElse(Value.NULL) instanceof Link(Cid cid)))
            throw unfit("a link whose Hash is no CID");
        Optional<Value> text = link.get(NAME);
        if (text.isPresent() && !(text.get() instanceof Text)) throw unfit("a Name but a string");
        Optional<LinkName> name = text.map(n -> LinkName.of(((Text) n).utf8().data()));
        if (name.orElse(LinkName.EMPTY).compareTo(last) < 0)
            throw unfit("links out of the order of their names, in bytes");
        Optional<Value> tsize = link.get(TSIZE);
        out.link(cid, name, tsize.isPresent() ? tsize(tsize.get()) : OptionalLong.empty());
        return name.orElse(LinkName.EMPTY);
    }

    private static OptionalLong tsize(Value tsize) throws DagException {
        if (tsize instanceof Int(boolean negative, long size) && !negative && size >= 0)
            return OptionalLong.of(size);
        throw unfit("a Tsize but an integer from 0 to 2^63-1");
    }

    private static void refuseOthers(Entries map, List<Text> known) throws DagException {
        for (Entry entry : map.entries())
            if (!known.contains(entry.key())) throw unfit("the key " + Codec.quoted(entry.key()));
    }

    private static DagException unfit(String what) {
        return Codec.unfit(Codec.DAG_PB, what);
    }
}
