package cairn.dag.walk;

import cairn.dag.LinkName;
import cairn.multiformats.Cid;

/// A link with both its ends.
public record Edge(Cid source, LinkName name, Cid destination) {}
