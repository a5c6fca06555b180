package cairn.bitswap.server;

import cairn.bitswap.message.MessageLimits;
import cairn.bitswap.message.OutgoingMessage;
import cairn.bitswap.message.Presence;
import cairn.multiformats.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// An outbox is what was made ready for a peer: words and blocks. Its owner's lock guards it.
final class Outbox {
    /// A block that was read for a want.
    record Answer(Want want, Block block) {}

    /// What goes out at once.
    ///
    /// @param bytes of its blocks
    record Letter(OutgoingMessage message, long bytes) {}

    private final List<Presence> presences = new ArrayList<>();
    private final Deque<Answer> small = new ArrayDeque<>();
    private final Deque<Answer> bulk = new ArrayDeque<>();
    private long smallBytes;
    private long bulkBytes;

    void add(Presence presence) {
        presences.add(presence);
    }

    void addSmall(Answer answer) {
        small.add(answer);
        smallBytes += answer.block().size();
    }

    void addBulk(Answer answer) {
        bulk.add(answer);
        bulkBytes += answer.block().size();
    }

    int presences() {
        return presences.size();
    }

    long smallBytes() {
        return smallBytes;
    }

    long bulkBytes() {
        return bulkBytes;
    }

    boolean isEmpty() {
        return presences.isEmpty() && small.isEmpty() && bulk.isEmpty();
    }

    /// Drops what nobody wants any more.
    ///
    /// @return the bytes of the blocks that were dropped
    long prune(WantQueue wants) {
        long before = smallBytes + bulkBytes;
        small.removeIf(answer -> !wants.isThere(answer.want()));
        bulk.removeIf(answer -> !wants.isThere(answer.want()));
        smallBytes = bytes(small);
        bulkBytes = bytes(bulk);
        return before - smallBytes - bulkBytes;
    }

    private static long bytes(Deque<Answer> answers) {
        long bytes = 0;
        for (Answer answer : answers) bytes += answer.block().size();
        return bytes;
    }

    /// Takes what fits into a message: words first, then small blocks, then large ones. Their wants
    /// are done.
    Optional<Letter> take(WantQueue wants) {
        if (isEmpty()) return Optional.empty();
        List<Presence> words = List.copyOf(presences);
        presences.clear();
        int left = MessageLimits.MAX_SENT_BYTES;
        for (Presence word : words) left -= OutgoingMessage.partBytes(word.cid());
        List<Answer> taken = new ArrayList<>();
        left = fill(taken, small, left, words.isEmpty());
        fill(taken, bulk, left, words.isEmpty() && taken.isEmpty());
        for (Answer answer : taken) wants.remove(answer.want());
        smallBytes = bytes(small);
        bulkBytes = bytes(bulk);
        List<Block> blocks = taken.stream().map(Answer::block).toList();
        long bytes = 0;
        for (Block block : blocks) bytes += block.size();
        int pending = Math.clamp(wants.pendingBytes(), 0, Integer.MAX_VALUE);
        return Optional.of(new Letter(OutgoingMessage.reply(blocks, words, pending), bytes));
    }

    /// Takes blocks from the front as long as they fit; the first one goes alone where none would.
    private static int fill(List<Answer> taken, Deque<Answer> from, int left, boolean evenTooLong) {
        int rest = left;
        while (!from.isEmpty()) {
            int bytes = OutgoingMessage.blockBytes(from.peek().block());
            boolean alone = evenTooLong && taken.isEmpty();
            if (bytes > rest && !alone) return 0;
            rest -= bytes;
            taken.add(from.remove());
        }
        return rest;
    }

    /// Takes the large blocks back.
    List<Answer> takeBack() {
        List<Answer> back = List.copyOf(bulk);
        bulk.clear();
        bulkBytes = 0;
        return back;
    }

    /// Forgets all of it.
    ///
    /// @return the bytes of the blocks
    long clear() {
        long bytes = smallBytes + bulkBytes;
        presences.clear();
        small.clear();
        bulk.clear();
        smallBytes = 0;
        bulkBytes = 0;
        return bytes;
    }
}
