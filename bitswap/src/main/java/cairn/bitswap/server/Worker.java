package cairn.bitswap.server;

import cairn.bitswap.LocalBlocks;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.server.Outbox.Answer;
import cairn.multiformats.Block;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes answers ready: looks up what a partner wants, in its turn, and reads what is to be sent
/// next. Used by any number of threads, by one at a time for each partner.
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final LocalBlocks blocks;

    Worker(LocalBlocks blocks) {
        this.blocks = blocks;
    }

    /// A partner's turn.
    void serve(Partner partner) {
        List<Want> fresh = partner.beginTurn();
        try {
            lookUp(partner, fresh);
            for (Want want : partner.takeReady()) read(partner, want);
        } finally {
            partner.endTurn(fresh.size());
        }
    }

    /// Sizes come first, so that words and small blocks don't wait for large ones; where nothing
    /// waits, a block is read at once, which tells its size as well.
    private void lookUp(Partner partner, List<Want> fresh) {
        long left = fresh.isEmpty() || !partner.mayReadAhead() ? 0 : Partner.MESSAGE_BYTES;
        for (Want want : fresh) {
            if (left > 0 && want.kind == Kind.BLOCK) {
                left -= read(partner, want);
                continue;
            }
            OptionalInt size = size(want);
            if (size.isPresent()) partner.found(want, size.getAsInt());
            else partner.missing(want);
        }
    }

    /// Reads a block.
    ///
    /// @return its size, 0 where it isn't here
    private int read(Partner partner, Want want) {
        Optional<Block> block = block(want);
        if (block.isEmpty()) {
            partner.missing(want);
            return 0;
        }
        int size = block.get().size();
        partner.uses(size);
        partner.answer(new Answer(want, block.get()));
        return size;
    }

    private OptionalInt size(Want want) {
        try {
            return blocks.size(want.cid);
        } catch (IOException e) {
            LOG.warn("looking for {}: {}", want.cid, e.toString());
            return OptionalInt.empty();
        }
    }

    private Optional<Block> block(Want want) {
        try {
            return blocks.get(want.cid);
        } catch (IOException e) {
            LOG.warn("reading {}: {}", want.cid, e.toString());
            return Optional.empty();
        }
    }
}
