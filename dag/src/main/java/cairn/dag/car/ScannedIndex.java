package cairn.dag.car;

import cairn.dag.IdentityBlocks;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// An index in memory, made by passing over all sections of an archive; of copies of a block it
/// knows the first.
///
/// **Limit:** about a million sections (150 MB).
final class ScannedIndex implements CarIndex {
    static final int MAX_SECTIONS = 1 << 20;

    private final Map<Multihash, Long> places = new HashMap<>();

    /// @param in stands before the first section, and has an end
    /// @param payload the offset that places are counted from
    ScannedIndex(CarInput in, long payload) throws IOException {
        while (!in.atEnd()) {
            CarSection.Head head = CarSection.readHead(in);
            in.skip(head.size(), "the block " + head.cid());
            if (IdentityBlocks.isIdentity(head.cid())) continue;
            places.putIfAbsent(head.cid().hash(), head.offset() - payload);
            if (places.size() > MAX_SECTIONS)
                throw new CarException(
                        head.offset(),
                        "more than "
                                + MAX_SECTIONS
                                + " blocks, and no index that can be used to find them");
        }
    }

    @Override
    public long[] find(Multihash hash) {
        Long place = places.get(hash);
        return place == null ? new long[0] : new long[] {place};
    }
}
