package cairn.blockstore;

import org.junit.jupiter.api.Nested;

final class MemoryBlockstoreTest extends BlockstoreContract {
    private final MemoryBlockstore memory = new MemoryBlockstore();

    @Override
    protected Blockstore open() {
        return memory;
    }

    @Override
    protected Pins pins() {
        return memory.pins();
    }

    @Nested
    final class ItsPins extends PinsContract {
        @Override
        protected Pins open() {
            return memory.pins();
        }
    }
}
