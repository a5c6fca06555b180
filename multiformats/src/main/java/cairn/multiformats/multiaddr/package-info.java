/// Addresses of peers that describe themselves: what to reach, and by which protocols, in order.
/// Values only; nothing is resolved or dialled here.
package cairn.multiformats.multiaddr;
