package cairn.node;

import cairn.hashes.ExtraHashes;
import cairn.multiformats.Hashes;

/// The hash functions of a node: the JDK's and those of libraries.
final class NodeHashes {
    private NodeHashes() {}

    static Hashes all() {
        return Hashes.jdk().with(ExtraHashes.all());
    }
}
