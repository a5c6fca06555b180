package cairn.libp2p.dial;

import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;

/// What a dial gives: a link, and its place among the host's connections, which ends with it.
public record Dialled(Link link, Admission admission) {}
