package cairn.dag.codec;

import cairn.dag.LinkName;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// Reads a block of dag-json for its links alone. Bytes may be any text, keys may be there twice.
final class JsonLinks implements LinkPath {
    /// The longest raw text whose value may be the key `/`: `\\u002f`.
    private static final int MAX_SLASH_BYTES = 6;

    private static final class Level {
        private final boolean map;
        private int index = -1;
        private ByteBuffer key;

        Level(boolean map) {
            this.map = map;
        }
    }

    private final JsonReader in;
    private final Links.Visitor visitor;
    private final Deque<Level> levels = new ArrayDeque<>();

    JsonLinks(ByteBuffer block, Links.Visitor visitor) {
        this.in = new JsonReader(Codec.DAG_JSON, false, block);
        this.visitor = visitor;
    }

    void read() throws IOException {
        item();
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            char close = level.map ? '}' : ']';
            boolean first = level.index++ < 0;
            if (first ? in.take(close) : !in.more(close)) levels.pop();
            else if (level.map) entry(level, first);
            else item();
        }
        in.end();
    }

    private void entry(Level level, boolean first) throws IOException {
        level.key = in.rawString();
        in.expect(':');
        if (!first || in.peek() != '"' || !isSlash(level.key)) {
            item();
            return;
        }
        ByteBuffer text = in.rawString();
        if (in.more('}')) {
            level.index++;
            entry(level, false);
            return;
        }
        levels.pop();
        visitor.link(cid(text), this);
    }

    private boolean isSlash(ByteBuffer key) throws MalformedException {
        return key.remaining() <= MAX_SLASH_BYTES
                && in.unescaped(key).equals(JsonDecoder.SLASH.utf8());
    }

    private Cid cid(ByteBuffer raw) throws MalformedException {
        try {
            return Cid.parse(in.unescaped(raw).toString());
        } catch (MalformedException e) {
            throw in.error("no CID: " + e.getMessage());
        }
    }

    private void item() throws MalformedException {
        switch (in.peek()) {
            case '{' -> push(true);
            case '[' -> push(false);
            case '"' -> in.rawString();
            case 't' -> in.literal("true");
            case 'f' -> in.literal("false");
            case 'n' -> in.literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> in.rawNumber();
            default -> throw in.unexpected("a value");
        }
    }

    private void push(boolean map) throws MalformedException {
        if (levels.size() == JsonDecoder.MAX_BRACES)
            throw in.error("more than " + Value.MAX_DEPTH + " lists and maps within one another");
        in.expect(map ? '{' : '[');
        levels.push(new Level(map));
    }

    @Override
    public List<LinkName> segments() {
        List<LinkName> segments = new ArrayList<>(levels.size());
        for (Iterator<Level> down = levels.descendingIterator(); down.hasNext(); ) {
            Level level = down.next();
            segments.add(level.map ? name(level.key) : LinkName.of(Integer.toString(level.index)));
        }
        return segments;
    }

    private LinkName name(ByteBuffer key) {
        try {
            return LinkName.of(in.unescaped(key).data());
        } catch (MalformedException e) {
            throw new IllegalStateException("a key that was read can't be read again", e);
        }
    }
}
