package cairn.dag.codec;

import cairn.dag.codec.Value.Bool;
import cairn.dag.codec.Value.Bytes;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Int;
import cairn.dag.codec.Value.Items;
import cairn.dag.codec.Value.Link;
import cairn.dag.codec.Value.Text;
import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the value of a block of dag-cbor or cbor.
final class CborDecoder {
    private final CborReader in;
    private final Allowance allowance;

    /// Whether keys must come in dag-cbor's order.
    private final boolean ordered;

    private CborDecoder(Codec codec, boolean strict, ByteBuffer block) {
        in = new CborReader(codec, strict, block);
        allowance = new Allowance(codec);
        ordered = strict && codec == Codec.DAG_CBOR;
    }

    static Value decode(Codec codec, boolean strict, ByteBuffer block) throws MalformedException {
        CborDecoder decoder = new CborDecoder(codec, strict, block);
        Value value = decoder.value(0);
        decoder.in.end();
        return value;
    }

    /// @param depth how many lists and maps are around it
    private Value value(int depth) throws MalformedException {
        return switch (in.next()) {
            case CborReader.UNSIGNED -> integer(false);
            case CborReader.NEGATIVE -> integer(true);
            case CborReader.BYTES -> in.isLink() ? link() : new Bytes(string());
            case CborReader.TEXT -> new Text(string());
            case CborReader.LIST -> list(depth + 1);
            case CborReader.MAP -> map(depth + 1);
            default -> simple();
        };
    }

    private Int integer(boolean negative) throws MalformedException {
        allowance.take(Allowance.NUMBER);
        return new Int(negative, in.argument());
    }

    private Link link() throws MalformedException {
        allowance.take(Allowance.LINK);
        return new Link(in.cid());
    }

    private Octets string() throws MalformedException {
        ByteBuffer string = in.string();
        allowance.take(Allowance.STRING + string.remaining());
        return Octets.of(string);
    }

    private Value simple() throws MalformedException {
        allowance.take(Allowance.NUMBER);
        return switch (in.simple()) {
            case CborReader.FALSE -> Bool.FALSE;
            case CborReader.TRUE -> Bool.TRUE;
            case CborReader.NULL, CborReader.UNDEFINED -> Value.NULL;
            default -> in.number();
        };
    }

    private Value list(int depth) throws MalformedException {
        int count = count(depth, 0);
        if (count == 0) return Items.EMPTY;
        List<Value> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) values.add(value(depth));
        return new Items(values);
    }

    private Value map(int depth) throws MalformedException {
        int count = count(depth, Allowance.ENTRY);
        if (count == 0) return Entries.EMPTY;
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (in.next() != CborReader.TEXT) throw in.error("a key that is no string");
            Text key = new Text(string());
            if (ordered && i > 0 && CborEncoder.KEYS.compare(entries.getLast().key(), key) > 0)
                throw in.error("keys out of order");
            entries.add(new Entry(key, value(depth)));
        }
        Optional<Text> twice = Entries.duplicate(entries);
        if (twice.isPresent()) throw in.error("a key twice: " + Codec.quoted(twice.get()));
        return new Entries(entries);
    }

    /// @param each the memory that an item takes beside its values
    private int count(int depth, int each) throws MalformedException {
        if (depth > Value.MAX_DEPTH)
            throw in.error("more than " + Value.MAX_DEPTH + " lists and maps within one another");
        int count = in.count();
        allowance.take(count == 0 ? Allowance.NUMBER : Allowance.COLLECTION + (long) each * count);
        return count;
    }
}
