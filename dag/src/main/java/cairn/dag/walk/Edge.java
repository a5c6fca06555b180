package cairn.dag.walk;

import cairn.dag.LinkName;
import cairn.multiformats.Cid;

/// A link with both its ends.
///
/// @param name as dag-pb gives it; empty for the links of every other codec
public record Edge(Cid source, LinkName name, Cid destination) {}
