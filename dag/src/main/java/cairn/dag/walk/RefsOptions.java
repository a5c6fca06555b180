package cairn.dag.walk;

/// Which edges below a root are told.
///
/// @param maxDepth how many levels below the root; 1 for its own links alone, -1 without limit
/// @param unique whether each destination is told once
public record RefsOptions(int maxDepth, boolean unique) {
    public RefsOptions {
        if (maxDepth < -1) throw new IllegalArgumentException("a depth of " + maxDepth);
    }
}
