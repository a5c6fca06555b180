package cairn.bitswap.message;

import cairn.multiformats.Block;
import java.util.ArrayList;
import java.util.List;

/// Keeps what a message holds.
final class Received implements MessageHandler {
    final List<WantlistEntry> entries = new ArrayList<>();
    final List<Presence> presences = new ArrayList<>();
    final List<Block> blocks = new ArrayList<>();
    final List<Boolean> full = new ArrayList<>();
    int unnamedBytes;
    int pendingBytes;

    @Override
    public void entry(WantlistEntry entry) {
        entries.add(entry);
    }

    @Override
    public void presence(Presence presence) {
        presences.add(presence);
    }

    @Override
    public void block(Block block) {
        blocks.add(block);
    }

    @Override
    public void unnamed(int bytes) {
        unnamedBytes += bytes;
    }

    @Override
    public void end(boolean isFull, int pending) {
        full.add(isFull);
        pendingBytes = pending;
    }
}
