package cairn.dag.codec;

import cairn.dag.LinkName;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// Reads a block of dag-cbor for its links alone. Floats may be any, keys may be there twice.
final class CborLinks implements LinkPath {
    private static final class Level {
        private final boolean map;
        private final int count;
        private int begun;
        private ByteBuffer key;

        Level(boolean map, int count) {
            this.map = map;
            this.count = count;
        }

        LinkName segment() {
            return map ? LinkName.of(key) : LinkName.of(Integer.toString(begun - 1));
        }
    }

    private final CborReader in;
    private final Links.Visitor visitor;
    private final Deque<Level> levels = new ArrayDeque<>();

    CborLinks(ByteBuffer block, Links.Visitor visitor) {
        this.in = new CborReader(Codec.DAG_CBOR, false, block);
        this.visitor = visitor;
    }

    void read() throws IOException {
        item();
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            if (level.begun == level.count) {
                levels.pop();
                continue;
            }
            level.begun++;
            if (level.map) {
                if (in.next() != CborReader.TEXT) throw in.error("a key that is no string");
                level.key = in.string();
            }
            item();
        }
        in.end();
    }

    private void item() throws IOException {
        switch (in.next()) {
            case CborReader.BYTES -> {
                if (in.isLink()) visitor.link(in.cid(), this);
                else in.string();
            }
            case CborReader.TEXT -> in.string();
            case CborReader.LIST -> push(false);
            case CborReader.MAP -> push(true);
            case CborReader.SIMPLE -> in.simple();
            default -> {}
        }
    }

    private void push(boolean map) throws MalformedException {
        if (levels.size() == Value.MAX_DEPTH)
            throw in.error("more than " + Value.MAX_DEPTH + " lists and maps within one another");
        levels.push(new Level(map, in.count()));
    }

    @Override
    public List<LinkName> segments() {
        List<LinkName> segments = new ArrayList<>(levels.size());
        for (Iterator<Level> down = levels.descendingIterator(); down.hasNext(); )
            segments.add(down.next().segment());
        return segments;
    }
}
