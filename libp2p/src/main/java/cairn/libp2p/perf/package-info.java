/// The perf protocol: how many bytes a second a connection carries. Source: libp2p/specs, perf.
package cairn.libp2p.perf;
