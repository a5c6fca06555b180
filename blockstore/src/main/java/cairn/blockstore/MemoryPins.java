package cairn.blockstore;

import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Pins in memory. Guarded by `this`.
final class MemoryPins implements Pins {
    private final TreeMap<byte[], Pin> pins = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public synchronized void add(List<Pin> added) {
        for (Pin pin : added) pins.put(pin.cid().bytes(), pin);
    }

    @Override
    public synchronized void remove(List<Cid> cids) {
        for (Cid cid : cids) pins.remove(cid.bytes());
    }

    @Override
    public synchronized Optional<Pin> get(Cid cid) {
        return Optional.ofNullable(pins.get(cid.bytes()));
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        for (Pin pin : all()) if (!visitor.visit(pin)) return;
    }

    private synchronized List<Pin> all() {
        return List.copyOf(pins.values());
    }
}
