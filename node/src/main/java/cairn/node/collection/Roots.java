package cairn.node.collection;

import java.io.IOException;

/// Where the roots come from that a collection keeps: the pins, or something else that refers to
/// blocks and must not lose them.
@FunctionalInterface
public interface Roots {
    /// Visits every root that is there from before the call until after it. One that is added or
    /// removed meanwhile is visited or not: who adds it holds a lease.
    void forEach(Visitor visitor) throws IOException;

    /// What [#forEach] calls.
    @FunctionalInterface
    interface Visitor {
        void visit(Root root) throws IOException;
    }
}
