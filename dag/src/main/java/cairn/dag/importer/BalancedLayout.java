package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// All leaves at one depth, every node full but the last ones. A single leaf is its own root, and
/// has its metadata already.
final class BalancedLayout implements FileLayout {
    private final int maxLinks;
    private final NodeWriter writer;

    /// The nodes without a parent yet, by height; leaves first. A full level is written when the
    /// next node comes, since it may be the root's.
    private final List<List<Node>> levels = new ArrayList<>();

    BalancedLayout(int maxLinks, NodeWriter writer) {
        this.maxLinks = maxLinks;
        this.writer = writer;
    }

    @Override
    public void add(Node leaf) throws IOException {
        add(0, leaf);
    }

    private void add(int height, Node node) throws IOException {
        if (height == levels.size()) levels.add(new ArrayList<>());
        List<Node> level = levels.get(height);
        if (level.size() == maxLinks) closeLevel(height, level);
        level.add(node);
    }

    private void closeLevel(int height, List<Node> level) throws IOException {
        Node parent = writer.fileNode(level, Metadata.NONE);
        level.clear();
        add(height + 1, parent);
    }

    @Override
    public Node finish(Metadata metadata) throws IOException {
        if (levels.isEmpty()) return writer.leaf(new byte[0], true, metadata);
        for (int height = 0; height < levels.size() - 1; height++)
            closeLevel(height, levels.get(height));
        List<Node> top = levels.getLast();
        if (levels.size() == 1 && top.size() == 1) return top.getFirst();
        return writer.fileNode(top, metadata);
    }
}
