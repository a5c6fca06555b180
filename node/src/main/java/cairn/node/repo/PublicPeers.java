package cairn.node.repo;

/// What a node uses that was told nothing: where it listens, and whom it asks for the way into the
/// public network. Both as Kubo has them. The peers are those that the IPFS project runs for this;
/// their names resolve to addresses in DNS (`dnsaddr`). Source: Kubo's documentation of `Bootstrap`
/// and its default configuration.
final class PublicPeers {
    /// JSON, as a setting has it.
    static final String LISTEN =
            """
            ["/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001",
             "/ip4/0.0.0.0/udp/4001/quic-v1", "/ip6/::/udp/4001/quic-v1"]
            """;

    /// JSON, as a setting has it.
    static final String BOOTSTRAP =
            """
            ["/dnsaddr/bootstrap.libp2p.io/p2p/QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN",
             "/dnsaddr/bootstrap.libp2p.io/p2p/QmQCU2EcMqAqQPR2i9bChDtGNJchTbq5TbXJJ16u19uLTa",
             "/dnsaddr/bootstrap.libp2p.io/p2p/QmbLHAnMoJPWSCR5Zhtx6BHJX9KiKNN6tpvbUcqanj75Nb",
             "/dnsaddr/bootstrap.libp2p.io/p2p/QmcZf59bWwK5XFi76CZX8cbJ4BhTzzA3gU1ZjYZcYW3dwt",
             "/dnsaddr/va1.bootstrap.libp2p.io/p2p/12D3KooWKnDdG3iXw9eTFijk3EWSunZcFi54Zka4wmtqtt6rPxc8",
             "/ip4/104.131.131.82/tcp/4001/p2p/QmaCpDMGvV2BGHeYERUEnRQAwe3N8SzbUtfsmvsqQLuvuJ",
             "/ip4/104.131.131.82/udp/4001/quic-v1/p2p/QmaCpDMGvV2BGHeYERUEnRQAwe3N8SzbUtfsmvsqQLuvuJ"]
            """;

    private PublicPeers() {}
}
