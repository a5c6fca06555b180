package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Every node has leaves first, then subtrees: four of each depth, as deep as its own depth allows.
/// The root has no limit. Source: the observable layout of Kubo (`--trickle`).
final class TrickleLayout implements FileLayout {
    private static final int SUBTREES_PER_DEPTH = 4;

    private final int maxLinks;
    private final NodeWriter writer;

    /// The open nodes, the root last.
    private final Deque<Open> open = new ArrayDeque<>();

    TrickleLayout(int maxLinks, NodeWriter writer) {
        this.maxLinks = maxLinks;
        this.writer = writer;
        open.push(new Open(Integer.MAX_VALUE));
    }

    @Override
    public void add(Node leaf) throws IOException {
        while (!open.peek().hasRoom(maxLinks)) closeTop();
        Open top = open.peek();
        while (top.children.size() >= maxLinks) {
            top = new Open(top.nextDepth(maxLinks));
            open.push(top);
        }
        top.children.add(leaf);
    }

    private void closeTop() throws IOException {
        Node subtree = writer.fileNode(open.pop().children, Metadata.NONE);
        open.peek().children.add(subtree);
    }

    @Override
    public Node finish(Metadata metadata) throws IOException {
        while (open.size() > 1) closeTop();
        return writer.fileNode(open.pop().children, metadata);
    }

    /// A node that isn't full.
    private static final class Open {
        /// Its subtrees are less deep than this.
        final int depth;

        final List<Node> children = new ArrayList<>();

        Open(int depth) {
            this.depth = depth;
        }

        int nextDepth(int maxLinks) {
            return (children.size() - maxLinks) / SUBTREES_PER_DEPTH + 1;
        }

        boolean hasRoom(int maxLinks) {
            return children.size() < maxLinks || nextDepth(maxLinks) < depth;
        }
    }
}
