/// Real peers: hosts of go-libp2p, js-libp2p and Kubo, each in a process of its own, and the words
/// in which tests and benchmarks tell any of them what to do. All on loopback.
package cairn.interop;
