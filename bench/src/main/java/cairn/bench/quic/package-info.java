/// How fast QUIC is between two processes on loopback.
package cairn.bench.quic;
