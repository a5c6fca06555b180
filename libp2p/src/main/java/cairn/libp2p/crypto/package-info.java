/// Keys that sign and verify, for the four types that peers have, and what is signed with them:
/// envelopes and peer records.
package cairn.libp2p.crypto;
