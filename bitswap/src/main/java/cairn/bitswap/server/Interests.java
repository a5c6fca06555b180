package cairn.bitswap.server;

import cairn.multiformats.Multihash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The interests are all wants of all peers, by the multihash of what they name: whom to tell that
/// a block has come. A block that was stored under one CID is there for all of its multihash.
///
/// The wants of one hash are a list linked through themselves, changed within the map's own lock of
/// that hash. Safe for any thread.
final class Interests {
    private final ConcurrentHashMap<Multihash, Want> first = new ConcurrentHashMap<>();

    void add(Want want) {
        first.compute(
                want.cid.hash(),
                (hash, head) -> {
                    want.next = head;
                    if (head != null) head.previous = want;
                    return want;
                });
    }

    void remove(Want want) {
        first.computeIfPresent(
                want.cid.hash(),
                (hash, head) -> {
                    Want after = want.next;
                    if (after != null) after.previous = want.previous;
                    if (want.previous != null) want.previous.next = after;
                    want.next = null;
                    want.previous = null;
                    return head == want ? after : head;
                });
    }

    /// The wants of a block.
    List<Want> of(Multihash hash) {
        if (!first.containsKey(hash)) return List.of();
        List<Want> wants = new ArrayList<>();
        first.computeIfPresent(
                hash,
                (same, head) -> {
                    for (Want want = head; want != null; want = want.next) wants.add(want);
                    return head;
                });
        return wants;
    }

    boolean isEmpty() {
        return first.isEmpty();
    }
}
