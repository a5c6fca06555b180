/// What turns a bare connection into a link: the private network's cipher where there is one, then
/// security, then a muxer.
package cairn.libp2p.upgrade;
