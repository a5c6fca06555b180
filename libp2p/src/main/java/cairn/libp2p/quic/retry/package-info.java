/// Whether a client of QUIC must prove first that it gets packets at the address it writes, and how
/// it does so: stateless retry. Source: RFC 9000, 8.1.
package cairn.libp2p.quic.retry;
