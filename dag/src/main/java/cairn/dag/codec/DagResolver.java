package cairn.dag.codec;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.LinkName;
import cairn.dag.MissingBlockException;
import cairn.dag.UnixFs;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Items;
import cairn.dag.codec.Value.Link;
import cairn.dag.codec.Value.Text;
import cairn.dag.exporter.NoSuchLinkException;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows paths through the values of blocks of any codec: keys of maps, indexes of lists, and
/// links, which are passed through.
///
/// In dag-pb a name is first that of a link, as in Kubo; where there is no such link, the node's
/// logical form is gone through: `Links/0/Hash`, `Data`. In a sharded directory a name is that of
/// an entry. Blocks are read as tolerantly as [Codec] does.
public final class DagResolver {
    private final BlockSource source;
    private final UnixFsReader directories;

    public DagResolver(BlockSource source) {
        this.source = IdentityBlocks.over(source);
        this.directories = new UnixFsReader(this.source, ReadAhead.NONE); // nothing to close
    }

    /// Where a path leads. A block that it leads to as a whole is not read, and needn't be there.
    ///
    /// @throws NoSuchLinkException when a name isn't there, or leads into what has no parts
    /// @throws DagException when a block on the way is missing, malformed or of an unknown codec
    public Resolution resolve(DagPath path) throws IOException {
        return path.names().isEmpty()
                ? new Resolution(path.root(), List.of())
                : follow(path).resolution();
    }

    /// The value that a path leads to: the whole block, where it ends at a link.
    ///
    /// @throws NoSuchLinkException as [#resolve]
    /// @throws DagException as [#resolve], and when the block is missing that the path leads to
    public Value get(DagPath path) throws IOException {
        Place place = follow(path);
        return place.value.isPresent() ? place.value.get() : decode(block(place.cid));
    }

    /// A place on the way.
    ///
    /// @param value empty for a whole block that wasn't read yet
    private record Place(Cid cid, List<LinkName> rest, Optional<Value> value) {
        Resolution resolution() {
            return new Resolution(cid, rest);
        }
    }

    private Place follow(DagPath path) throws IOException {
        Place at = new Place(path.root(), List.of(), Optional.empty());
        for (LinkName name : path.names()) at = step(at, name, path);
        return at;
    }

    private Place step(Place at, LinkName name, DagPath path) throws IOException {
        Value value = at.value.isPresent() ? at.value.get() : decode(block(at.cid));
        boolean whole = at.value.isEmpty();
        Optional<Value> named =
                whole && at.cid.codec().equals(Codec.DAG_PB.code())
                        ? inDagPb(at.cid, value, name)
                        : part(value, name);
        Value next =
                named.orElseThrow(() -> new NoSuchLinkException(name, at.cid, path, why(value)));
        if (next instanceof Link(Cid cid)) return new Place(cid, List.of(), Optional.empty());
        List<LinkName> rest = new ArrayList<>(at.rest);
        rest.add(name);
        return new Place(at.cid, rest, named);
    }

    private static Optional<Value> part(Value value, LinkName name) {
        return switch (value) {
            case Entries map -> map.get(new Text(Octets.of(name.bytes())));
            case Items(List<Value> values) ->
                    index(name.toString(), values.size()).map(values::get);
            default -> Optional.empty();
        };
    }

    /// The index that digits are, where the list is that long; zeros before it are passed over.
    private static Optional<Integer> index(String digits, int size) {
        if (!digits.matches("0*[0-9]{1,9}")) return Optional.empty();
        int index = Integer.parseInt(digits.replaceFirst("^0+(?=.)", ""));
        return index < size ? Optional.of(index) : Optional.empty();
    }

    private Optional<Value> inDagPb(Cid cid, Value node, LinkName name) throws IOException {
        if (!isShard(node)) return namedLink(node, name).or(() -> part(node, name));
        try {
            return Optional.of(new Link(directories.resolve(new DagPath(cid, List.of(name)))));
        } catch (NoSuchLinkException _) {
            return part(node, name);
        }
    }

    private static boolean isShard(Value node) {
        if (!(part(node, LinkName.of("Data")).orElse(Value.NULL) instanceof Value.Bytes(var data)))
            return false;
        try {
            return UnixFs.decode(data.data()).type() == UnixFs.Type.HAMT_SHARD;
        } catch (MalformedException _) {
            return false; // data of another format
        }
    }

    private static Optional<Value> namedLink(Value node, LinkName name) {
        Value wanted = new Text(Octets.of(name.bytes()));
        if (!(part(node, LinkName.of("Links")).orElse(Value.NULL) instanceof Items(var links)))
            return Optional.empty();
        for (Value link : links)
            if (link instanceof Entries map && map.get(Text.of("Name")).equals(Optional.of(wanted)))
                return map.get(PbForm.HASH);
        return Optional.empty();
    }

    private static String why(Value value) {
        return switch (value) {
            case Entries(List<Entry> _) -> "";
            case Items(List<Value> values) -> ": it is a list of " + values.size();
            case Value.Null() -> ": it is null, which has no parts";
            case Value.Bool _ -> ": it is a boolean, which has no parts";
            case Value.Int _ -> ": it is an integer, which has no parts";
            case Value.Real _ -> ": it is a float, which has no parts";
            case Text _ -> ": it is a string, which has no parts";
            case Value.Bytes _ -> ": it is bytes, which have no parts";
            case Link _ -> ": it is a link";
        };
    }

    private Block block(Cid cid) throws IOException {
        return source.get(cid).orElseThrow(() -> new MissingBlockException(cid));
    }

    private static Value decode(Block block) throws DagException {
        Cid cid = block.cid();
        Codec codec = Codec.of(cid.codec()).orElseThrow(() -> Links.unknown(cid));
        try {
            return codec.decode(block.data(), Codec.Mode.TOLERANT);
        } catch (MalformedException e) {
            throw new DagException(cid + " is malformed: " + e.getMessage(), e);
        }
    }
}
