package cairn.blockstore;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Blocks and pins in memory, for tests and for stores that live as long as the process.
public final class MemoryBlockstore implements Blockstore {
    private final ConcurrentSkipListMap<Multihash, byte[]> blocks = new ConcurrentSkipListMap<>();
    private final MemoryPins pins = new MemoryPins();

    /// An empty store.
    public MemoryBlockstore() {}

    /// The pins that [WriteSession#commit] adds to.
    public Pins pins() {
        return pins;
    }

    @Override
    public Optional<Block> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid.hash()))
                .map(bytes -> Block.stored(cid, bytes.clone()));
    }

    @Override
    public OptionalInt get(Multihash hash, ByteBuffer into) {
        byte[] bytes = blocks.get(hash);
        if (bytes == null) return OptionalInt.empty();
        if (bytes.length > into.remaining()) throw new BufferOverflowException();
        into.put(bytes);
        return OptionalInt.of(bytes.length);
    }

    @Override
    public boolean has(Multihash hash) {
        return blocks.containsKey(hash);
    }

    @Override
    public OptionalInt size(Multihash hash) {
        byte[] bytes = blocks.get(hash);
        return bytes == null ? OptionalInt.empty() : OptionalInt.of(bytes.length);
    }

    @Override
    public void put(Block block) {
        blocks.putIfAbsent(block.cid().hash(), block.bytes().clone());
    }

    @Override
    public void putAll(Collection<Block> all) {
        all.forEach(this::put);
    }

    @Override
    public WriteSession openSession() {
        return new Session();
    }

    @Override
    public boolean delete(Multihash hash) {
        return blocks.remove(hash) != null;
    }

    @Override
    public void forEach(Blocks.Visitor visitor) throws IOException {
        for (Map.Entry<Multihash, byte[]> entry : blocks.entrySet())
            if (!visitor.visit(entry.getKey(), entry.getValue().length)) return;
    }

    /// Puts at once; a commit adds the pins.
    private final class Session implements WriteSession {
        private volatile boolean closed;

        @Override
        public void put(Block block) throws IOException {
            checkOpen();
            MemoryBlockstore.this.put(block);
        }

        @Override
        public void commit(List<Pin> added) throws IOException {
            checkOpen();
            pins.add(added);
        }

        @Override
        public void close() {
            closed = true;
        }

        private void checkOpen() throws StoreException {
            if (closed) throw new StoreException("the write session is closed");
        }
    }

    /// Pins in memory. Guarded by `this`.
    private static final class MemoryPins implements Pins {
        private final TreeMap<byte[], Pin> pins = new TreeMap<>(Arrays::compareUnsigned);

        @Override
        public synchronized void add(List<Pin> added) throws StoreException {
            for (Pin pin : added) {
                Pin before = pins.get(pin.cid().bytes());
                if (pin.mode() == Pin.Mode.DIRECT
                        && before != null
                        && before.mode() == Pin.Mode.RECURSIVE)
                    throw new StoreException("pin: " + pin.cid() + " already pinned recursively");
            }
            for (Pin pin : added) pins.put(pin.cid().bytes(), pin);
        }

        @Override
        public synchronized void remove(List<Cid> cids) {
            for (Cid cid : cids) pins.remove(cid.bytes());
        }

        @Override
        public synchronized void replace(List<Cid> removed, Pin pin) throws StoreException {
            remove(removed);
            add(List.of(pin));
        }

        @Override
        public synchronized Optional<Pin> get(Cid cid) {
            return Optional.ofNullable(pins.get(cid.bytes()));
        }

        @Override
        public void forEach(Pins.Visitor visitor) throws IOException {
            for (Pin pin : all()) if (!visitor.visit(pin)) return;
        }

        private synchronized List<Pin> all() {
            return List.copyOf(pins.values());
        }
    }
}
