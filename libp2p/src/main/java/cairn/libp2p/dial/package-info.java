/// Which of a peer's addresses are dialled, in what order, and how often: the policy in one place,
/// and the race that follows it. What a link becomes once it is made is decided above.
package cairn.libp2p.dial;
