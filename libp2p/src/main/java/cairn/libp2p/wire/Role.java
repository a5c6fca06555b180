package cairn.libp2p.wire;

/// Which end of a connection this is; it decides who speaks first in each handshake.
public enum Role {
    /// The end that dialled.
    INITIATOR,
    /// The end that was dialled.
    RESPONDER
}
