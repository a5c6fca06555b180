package cairn.dag.codec;

import cairn.dag.codec.Value.Bool;
import cairn.dag.codec.Value.Bytes;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Int;
import cairn.dag.codec.Value.Items;
import cairn.dag.codec.Value.Link;
import cairn.dag.codec.Value.Null;
import cairn.dag.codec.Value.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;

/// Writes a value as dag-cbor, in its only form; or as cbor, which has no links, and keeps the
/// order of maps, as Kubo does.
final class CborEncoder {
    /// The order of dag-cbor's keys: the shorter first, equally long ones by their bytes.
    static final Comparator<Text> KEYS =
            Comparator.comparingInt((Text key) -> key.utf8().size())
                    .thenComparing(Comparator.naturalOrder());

    private final Codec codec;
    private final OutputStream out;

    private CborEncoder(Codec codec, OutputStream out) {
        this.codec = codec;
        this.out = out;
    }

    static void encode(Codec codec, Value value, OutputStream out) throws IOException {
        new CborEncoder(codec, out).put(value, 0);
    }

    private void put(Value value, int depth) throws IOException {
        switch (value) {
            case Null() -> out.write(CborReader.SIMPLE << 5 | CborReader.NULL);
            case Bool(boolean truth) ->
                    out.write(
                            CborReader.SIMPLE << 5 | (truth ? CborReader.TRUE : CborReader.FALSE));
            case Int(boolean negative, long argument) ->
                    head(negative ? CborReader.NEGATIVE : CborReader.UNSIGNED, argument);
            case Value.Real(double number) -> {
                out.write(CborReader.SIMPLE << 5 | CborReader.DOUBLE);
                bytes(Double.doubleToRawLongBits(number), Double.BYTES);
            }
            case Text(Octets utf8) -> string(CborReader.TEXT, utf8);
            case Bytes(Octets data) -> string(CborReader.BYTES, data);
            case Link link -> link(link);
            case Items(List<Value> values) -> {
                head(CborReader.LIST, values.size());
                int below = Codec.deeper(depth, codec);
                for (Value item : values) put(item, below);
            }
            case Entries(List<Entry> entries) -> map(entries, Codec.deeper(depth, codec));
        }
    }

    private void map(List<Entry> entries, int depth) throws IOException {
        head(CborReader.MAP, entries.size());
        List<Entry> sorted =
                codec == Codec.CBOR
                        ? entries
                        : entries.stream().sorted(Comparator.comparing(Entry::key, KEYS)).toList();
        for (Entry entry : sorted) {
            string(CborReader.TEXT, entry.key().utf8());
            put(entry.value(), depth);
        }
    }

    private void link(Link link) throws IOException {
        if (codec == Codec.CBOR) throw Codec.unfit(codec, "links");
        head(CborReader.TAG, 42);
        byte[] cid = link.cid().bytes();
        head(CborReader.BYTES, cid.length + 1);
        out.write(0);
        out.write(cid);
    }

    private void string(int major, Octets octets) throws IOException {
        head(major, octets.size());
        octets.writeTo(out);
    }

    private void head(int major, long argument) throws IOException {
        int first = major << 5;
        if (argument >= 0 && argument < 24) {
            out.write(first | (int) argument);
            return;
        }
        int log = argument >>> 8 == 0 ? 0 : argument >>> 16 == 0 ? 1 : argument >>> 32 == 0 ? 2 : 3;
        out.write(first | 24 + log);
        bytes(argument, 1 << log);
    }

    private void bytes(long value, int size) throws IOException {
        for (int shift = Byte.SIZE * (size - 1); shift >= 0; shift -= Byte.SIZE)
            out.write((int) (value >>> shift));
    }
}
