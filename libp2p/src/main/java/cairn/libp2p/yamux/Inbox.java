package cairn.libp2p.yamux;

/// An inbox is the queue of the bytes that a stream got and nobody has read. Guarded by the stream.
///
/// Small pieces are gathered in arrays that double up to [#MOST_GATHERED]: many tiny frames cost
/// little more than their bytes.
final class Inbox {
    /// A chunk is an array of which a part is to be read. Only its reader moves `from`.
    static final class Chunk {
        final byte[] bytes;
        private final boolean gathers;
        private final boolean own;
        private int from;
        private int to;
        private Chunk next;

        private Chunk(byte[] bytes, int from, int to, boolean gathers, boolean own) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
            this.gathers = gathers;
            this.own = own;
        }

        /// Whether nobody else uses the array.
        boolean isOwn() {
            return own;
        }

        int from() {
            return from;
        }

        int size() {
            return to - from;
        }
    }

    private static final int LEAST_GATHERED = 64;
    private static final int MOST_GATHERED = 16 << 10;

    private Chunk first;
    private Chunk last;

    /// The first chunk, or null where nothing is to be read.
    Chunk first() {
        return first;
    }

    /// Adds a part of an array, in which nobody writes from now on.
    ///
    /// @param own whether nobody else reads in it either
    void add(byte[] bytes, int offset, int length, boolean own) {
        append(new Chunk(bytes, offset, offset + length, false, own));
    }

    /// Copies what fits into the last array, if it is one that gathers.
    ///
    /// @return how much
    int gather(byte[] bytes, int offset, int length) {
        if (last == null || !last.gathers) return 0;
        int n = Math.min(length, last.bytes.length - last.to);
        System.arraycopy(bytes, offset, last.bytes, last.to, n);
        last.to += n;
        return n;
    }

    /// The length of the array that so many bytes would get, where they fit into no other.
    int nextLength(int bytes) {
        int doubled = last == null || !last.gathers ? LEAST_GATHERED : 2 * last.bytes.length;
        return Math.max(bytes, Math.min(doubled, MOST_GATHERED));
    }

    /// Copies into a new array of [#nextLength].
    void copy(byte[] bytes, int offset, int length) {
        byte[] own = new byte[nextLength(length)];
        System.arraycopy(bytes, offset, own, 0, length);
        append(new Chunk(own, 0, length, true, false));
    }

    private void append(Chunk chunk) {
        if (last == null) first = chunk;
        else last.next = chunk;
        last = chunk;
    }

    /// Counts bytes of the first chunk as read.
    ///
    /// @return it when it is read whole and no longer held, else null
    Chunk read(int bytes) {
        first.from += bytes;
        if (first.from < first.to) return null;
        Chunk freed = first;
        first = first.next;
        if (first == null) last = null;
        return freed;
    }

    /// Drops everything.
    void clear() {
        first = null;
        last = null;
    }
}
