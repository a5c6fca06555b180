package cairn.bitswap.message;

import java.util.Arrays;
import java.util.List;

/// The versions of the protocol, the newest first, which is also the order to propose them in.
public enum BitswapVersion {
    /// Knows HAVE and DONT_HAVE.
    V1_2_0("/ipfs/bitswap/1.2.0"),
    /// Blocks come with the prefix of their CID.
    V1_1_0("/ipfs/bitswap/1.1.0"),
    /// Blocks are bytes alone, named by CIDs of version 0.
    V1_0_0("/ipfs/bitswap/1.0.0"),
    /// As 1.0.0.
    UNVERSIONED("/ipfs/bitswap");

    private final String protocol;

    BitswapVersion(String protocol) {
        this.protocol = protocol;
    }

    /// The protocol's id.
    public String protocol() {
        return protocol;
    }

    /// The ids of all.
    public static List<String> protocols() {
        return Arrays.stream(values()).map(BitswapVersion::protocol).toList();
    }

    /// The version of a protocol's id.
    ///
    /// @throws IllegalArgumentException when it is none of Bitswap's
    public static BitswapVersion of(String protocol) {
        return Arrays.stream(values())
                .filter(version -> version.protocol.equals(protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no Bitswap: " + protocol));
    }

    /// Whether a peer that speaks it can be asked, and told, who has a block.
    public boolean knowsPresences() {
        return this == V1_2_0;
    }

    /// Whether blocks of any CID can be sent.
    public boolean knowsPrefixes() {
        return this == V1_2_0 || this == V1_1_0;
    }
}
