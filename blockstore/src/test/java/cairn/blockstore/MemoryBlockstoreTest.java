package cairn.blockstore;

import org.junit.jupiter.api.Nested;

final class MemoryBlockstoreTest extends BlockstoreContract {
    private final MemoryBlockstore memory = new MemoryBlockstore();

    @Override
    Blockstore open() {
        return memory;
    }

    @Override
    Pins pins() {
        return memory.pins();
    }

    @Nested
    final class ItsPins extends PinsContract {
        @Override
        Pins open() {
            return memory.pins();
        }
    }
}
