package cairn.dag.codec;

import cairn.dag.DagException;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/// Writes a value as dag-json, in its only form; or as json, which has neither links nor bytes, and
/// which Kubo writes over many lines, with tabs and in the order of the map.
final class JsonEncoder {
    private final Codec codec;
    private final boolean dag;
    private final OutputStream out;

    private JsonEncoder(Codec codec, OutputStream out) {
        this.codec = codec;
        this.dag = codec == Codec.DAG_JSON;
        this.out = out;
    }

    static void encode(Codec codec, Value value, OutputStream out) throws IOException {
        JsonEncoder encoder = new JsonEncoder(codec, out);
        encoder.put(value, 0);
        boolean lines = value instanceof Items || value instanceof Entries;
        if (!encoder.dag && lines) out.write('\n');
    }

    private void put(Value value, int depth) throws IOException {
        switch (value) {
            case Null() -> put("null");
            case Bool(boolean truth) -> put(truth ? "true" : "false");
            case Int number -> put(number.toString());
            case Value.Real(double number) -> put(FloatText.of(number));
            case Text(Octets utf8) -> put(utf8);
            case Bytes(Octets data) -> {
                if (!dag) throw Codec.unfit(codec, "bytes");
                put("{\"/\":{\"bytes\":\"");
                out.write(Base64.getEncoder().withoutPadding().encode(data.bytes()));
                put("\"}}");
            }
            case Link link -> {
                if (!dag) throw Codec.unfit(codec, "links");
                put("{\"/\":\"" + link.cid() + "\"}");
            }
            case Items(List<Value> values) -> list(values, Codec.deeper(depth, codec));
            case Entries(List<Entry> entries) -> map(entries, Codec.deeper(depth, codec));
        }
    }

    private void list(List<Value> values, int depth) throws IOException {
        out.write('[');
        boolean first = true;
        for (Value item : values) {
            separate(first, depth);
            first = false;
            put(item, depth);
        }
        close(']', first, depth);
    }

    private void map(List<Entry> entries, int depth) throws IOException {
        if (dag && isReserved(entries))
            throw Codec.unfit(codec, "a map that reads as a link or as bytes");
        checkKeys(entries);
        List<Entry> sorted =
                dag
                        ? entries.stream()
                                .sorted(Comparator.comparing(JsonEncoder::printed))
                                .toList()
                        : entries;
        out.write('{');
        boolean first = true;
        for (Entry entry : sorted) {
            separate(first, depth);
            first = false;
            put(entry.key().utf8());
            put(dag ? ":" : ": ");
            put(entry.value(), depth);
        }
        close('}', first, depth);
    }

    /// Refuses keys that differ only in bytes that aren't UTF-8: written, they would be the same.
    private void checkKeys(List<Entry> entries) throws DagException {
        if (entries.stream().allMatch(entry -> Utf8.isValid(entry.key().utf8().data()))) return;
        List<Entry> printed =
                entries.stream().map(entry -> new Entry(printed(entry), entry.value())).toList();
        if (Entries.duplicate(printed).isPresent())
            throw Codec.unfit(codec, "keys that differ only in bytes that are not UTF-8");
    }

    private static Text printed(Entry entry) {
        return new Text(Utf8.replaced(entry.key().utf8()));
    }

    private static boolean isReserved(List<Entry> entries) {
        return entries.size() == 1
                && entries.getFirst().key().equals(JsonDecoder.SLASH)
                && (entries.getFirst().value() instanceof Text
                        || JsonDecoder.base64(entries).isPresent());
    }

    private void separate(boolean first, int depth) throws IOException {
        if (!first) out.write(',');
        if (!dag) line(depth);
    }

    private void close(char close, boolean empty, int depth) throws IOException {
        if (!dag && !empty) line(depth - 1);
        out.write(close);
    }

    private void line(int depth) throws IOException {
        out.write('\n');
        for (int i = 0; i < depth; i++) out.write('\t');
    }

    /// A string, escaped as Kubo does: what isn't UTF-8 as `\\ufffd`, and line separators too.
    private void put(Octets utf8) throws IOException {
        ByteBuffer text = utf8.data();
        out.write('"');
        for (int at = 0; at < text.limit(); ) {
            int b = text.get(at) & 0xff;
            int length = Utf8.sequence(text, at);
            if (length == 1) character(b);
            else if (length == 0) put("\\ufffd");
            else if (isLineSeparator(text, at))
                put((text.get(at + 2) & 1) == 0 ? "\\u2028" : "\\u2029");
            else for (int i = 0; i < length; i++) out.write(text.get(at + i));
            at += Math.max(1, length);
        }
        out.write('"');
    }

    private static boolean isLineSeparator(ByteBuffer text, int at) {
        return text.get(at) == (byte) 0xe2
                && text.get(at + 1) == (byte) 0x80
                && (text.get(at + 2) & 0xfe) == 0xa8;
    }

    private void character(int b) throws IOException {
        switch (b) {
            case '"' -> put("\\\"");
            case '\\' -> put("\\\\");
            case '\n' -> put("\\n");
            case '\r' -> put("\\r");
            case '\t' -> put("\\t");
            default -> {
                if (b < 0x20) put(String.format("\\u%04x", b));
                else out.write(b);
            }
        }
    }

    private void put(String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
