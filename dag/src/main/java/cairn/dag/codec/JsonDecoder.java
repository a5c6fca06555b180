package cairn.dag.codec;

import cairn.dag.codec.Value.Bool;
import cairn.dag.codec.Value.Bytes;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Items;
import cairn.dag.codec.Value.Link;
import cairn.dag.codec.Value.Text;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Makes the value of a text in dag-json or json. White space and the order of keys are free.
///
/// In dag-json, a map with the one key `/` is a link or bytes, and strictly, no map may begin with
/// that key otherwise. Source: ipld.io/specs/codecs/dag-json.
final class JsonDecoder {
    static final Text SLASH = Text.of("/");
    static final Text BYTES = Text.of("bytes");

    /// Braces that may be within one another: bytes are written with two that are no map.
    static final int MAX_BRACES = Value.MAX_DEPTH + 2;

    private final JsonReader in;
    private final boolean dag;
    private final boolean strict;
    private final Allowance allowance;

    private JsonDecoder(Codec codec, boolean strict, ByteBuffer text) {
        this.in = new JsonReader(codec, strict, text);
        this.allowance = new Allowance(codec);
        this.dag = codec == Codec.DAG_JSON;
        this.strict = strict;
    }

    static Value decode(Codec codec, boolean strict, ByteBuffer text) throws MalformedException {
        JsonDecoder decoder = new JsonDecoder(codec, strict, text);
        Value value = decoder.value(0);
        decoder.in.end();
        return value;
    }

    private Value value(int depth) throws MalformedException {
        allowance.take(Allowance.NUMBER);
        return switch (in.peek()) {
            case '{' -> map(depth + 1);
            case '[' -> list(depth + 1);
            case '"' -> text();
            case 't' -> {
                in.literal("true");
                yield Bool.TRUE;
            }
            case 'f' -> {
                in.literal("false");
                yield Bool.FALSE;
            }
            case 'n' -> {
                in.literal("null");
                yield Value.NULL;
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> in.number();
            default -> throw in.unexpected("a value");
        };
    }

    private Text text() throws MalformedException {
        Octets string = in.string();
        allowance.take(Allowance.STRING + string.size());
        return new Text(string);
    }

    private Value list(int depth) throws MalformedException {
        in.expect('[');
        checkDepth(depth, Value.MAX_DEPTH);
        if (in.take(']')) return Items.EMPTY;
        allowance.take(Allowance.COLLECTION);
        List<Value> values = new ArrayList<>();
        do values.add(value(depth));
        while (in.more(']'));
        return new Items(values);
    }

    private Value map(int depth) throws MalformedException {
        in.expect('{');
        checkDepth(depth, MAX_BRACES);
        List<Entry> entries = new ArrayList<>();
        allowance.take(Allowance.COLLECTION);
        if (!in.take('}'))
            do {
                Text key = text();
                allowance.take(Allowance.ENTRY);
                in.expect(':');
                entries.add(new Entry(key, value(depth)));
            } while (in.more('}'));
        if (dag && !entries.isEmpty() && entries.getFirst().key().equals(SLASH)) {
            if (entries.size() == 1 && entries.getFirst().value() instanceof Text text)
                return link(text);
            Optional<Text> base64 = base64(entries);
            if (base64.isPresent()) return new Bytes(bytes(base64.get().toString()));
            if (strict) throw in.error("a map that begins with the key \"/\", which is reserved");
        }
        if (depth > Value.MAX_DEPTH && !(dag && depth == MAX_BRACES && isBase64(entries)))
            checkDepth(depth, Value.MAX_DEPTH);
        if (entries.isEmpty()) return Entries.EMPTY;
        Optional<Text> twice = Entries.duplicate(entries);
        if (twice.isPresent()) throw in.error("a key twice: " + Codec.quoted(twice.get()));
        return new Entries(entries);
    }

    private Link link(Text text) throws MalformedException {
        allowance.take(Allowance.LINK);
        return new Link(cid(text.toString()));
    }

    private void checkDepth(int depth, int limit) throws MalformedException {
        if (depth > limit)
            throw in.error("more than " + Value.MAX_DEPTH + " lists and maps within one another");
    }

    /// The text of bytes, where a map is the form of such: `{"/": {"bytes": "..."}}`.
    static Optional<Text> base64(List<Entry> entries) {
        return entries.size() == 1
                        && entries.getFirst().key().equals(SLASH)
                        && entries.getFirst().value() instanceof Entries(List<Entry> inner)
                        && isBase64(inner)
                ? Optional.of((Text) inner.getFirst().value())
                : Optional.empty();
    }

    private static boolean isBase64(List<Entry> entries) {
        return entries.size() == 1
                && entries.getFirst().key().equals(BYTES)
                && entries.getFirst().value() instanceof Text;
    }

    private Cid cid(String text) throws MalformedException {
        try {
            return Cid.parse(text);
        } catch (MalformedException e) {
            throw in.error("no CID: " + e.getMessage());
        }
    }

    /// Base64 without padding; the tolerant take it with padding too, and any bits after the last
    /// byte.
    private Octets bytes(String base64) throws MalformedException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw in.error("no base64: " + e.getMessage());
        }
        if (strict && !Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(base64))
            throw in.error("base64 with padding or stray bits");
        return Octets.of(bytes);
    }
}
