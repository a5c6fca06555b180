package cairn.dag.chunker;

/// Finds where a chunk ends. A pure function of the chunk's own first bytes, so that neither reads
/// nor earlier chunks matter.
@FunctionalInterface
public interface Cutter {
    /// The length of the chunk that begins at an offset.
    ///
    /// @param length the bytes that are there: at least the longest chunk's, or all that are left;
    ///   at least 1
    /// @return 1 to `length`
    int cut(byte[] bytes, int offset, int length);

    static Cutter of(ChunkerSpec spec) {
        return switch (spec) {
            case ChunkerSpec.Size(int size) -> (_, _, length) -> Math.min(size, length);
            case ChunkerSpec.Rabin rabin -> new RabinCutter(rabin);
            case ChunkerSpec.Buzhash _ -> new BuzhashCutter();
        };
    }
}
