/// What makes a connection private and tells who is at its other end. The protocols themselves are
/// packages beside this one.
package cairn.libp2p.security;
