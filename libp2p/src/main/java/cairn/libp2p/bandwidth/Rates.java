package cairn.libp2p.bandwidth;

/// The rates that bytes on the wire are held to, in bytes a second; 0 means without a limit.
///
/// @param upload of all connections together
/// @param download of all connections together
/// @param peerUpload of all connections with one peer
/// @param peerDownload of all connections with one peer
/// @param local whether connections within the LAN and this machine are held to them too
public record Rates(long upload, long download, long peerUpload, long peerDownload, boolean local) {
    /// No limit at all.
    public static final Rates UNLIMITED = new Rates(0, 0, 0, 0, false);

    public Rates {
        if (upload < 0 || download < 0 || peerUpload < 0 || peerDownload < 0)
            throw new IllegalArgumentException("a rate below zero");
    }
}
