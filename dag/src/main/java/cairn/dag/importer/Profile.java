package cairn.dag.importer;

/// A profile is a named set of import parameters that different programs agree on, so that the same
/// files get the same CIDs. Source: IPIP-499.
public enum Profile {
    /// CIDv1, raw leaves, chunks of 1 MiB, 1024 links a file node; a directory is sharded when its
    /// block would be larger than 256 KiB.
    UNIXFS_V1_2025("unixfs-v1-2025"),

    /// CIDv0, leaves in dag-pb, chunks of 256 KiB, 174 links a file node; a directory is sharded
    /// when its names and CIDs are together longer than 256 KiB. Plain `ipfs add` gives the same.
    UNIXFS_V0_2015("unixfs-v0-2015"),

    /// What Kubo does that has no profile: as `unixfs-v0-2015`, but neither the CID version nor the
    /// kind of leaves is said, so that other options can imply them.
    KUBO_DEFAULT("kubo-default");

    private final String text;

    Profile(String text) {
        this.text = text;
    }

    /// The name that the profile has in the field, such as `unixfs-v1-2025`.
    @Override
    public String toString() {
        return text;
    }
}
