package cairn.multiformats.multiaddr;

import java.util.Optional;

/// A protocol that a multiaddr can name, with its code, its name, and the form of its value.
/// Source: multiformats/multiaddr, `protocols.csv`.
public enum AddressProtocol {
    IP4(4, "ip4", ValueForm.IP4),
    TCP(6, "tcp", ValueForm.PORT),
    DCCP(33, "dccp", ValueForm.PORT),
    IP6(41, "ip6", ValueForm.IP6),
    IP6ZONE(42, "ip6zone", ValueForm.NAME),
    IPCIDR(43, "ipcidr", ValueForm.BYTE),
    DNS(53, "dns", ValueForm.NAME),
    DNS4(54, "dns4", ValueForm.NAME),
    DNS6(55, "dns6", ValueForm.NAME),
    DNSADDR(56, "dnsaddr", ValueForm.NAME),
    SCTP(132, "sctp", ValueForm.PORT),
    UDP(273, "udp", ValueForm.PORT),
    P2P_WEBRTC_STAR(275, "p2p-webrtc-star", ValueForm.NONE),
    P2P_WEBRTC_DIRECT(276, "p2p-webrtc-direct", ValueForm.NONE),
    P2P_STARDUST(277, "p2p-stardust", ValueForm.NONE),
    WEBRTC_DIRECT(280, "webrtc-direct", ValueForm.NONE),
    WEBRTC(281, "webrtc", ValueForm.NONE),
    P2P_CIRCUIT(290, "p2p-circuit", ValueForm.NONE),
    UDT(301, "udt", ValueForm.NONE),
    UTP(302, "utp", ValueForm.NONE),
    UNIX(400, "unix", ValueForm.PATH),
    P2P(421, "p2p", ValueForm.PEER),
    HTTPS(443, "https", ValueForm.NONE),
    ONION(444, "onion", ValueForm.ONION),
    ONION3(445, "onion3", ValueForm.ONION3),
    GARLIC64(446, "garlic64", ValueForm.GARLIC64),
    GARLIC32(447, "garlic32", ValueForm.GARLIC32),
    TLS(448, "tls", ValueForm.NONE),
    SNI(449, "sni", ValueForm.NAME),
    NOISE(454, "noise", ValueForm.NONE),
    QUIC(460, "quic", ValueForm.NONE),
    QUIC_V1(461, "quic-v1", ValueForm.NONE),
    WEBTRANSPORT(465, "webtransport", ValueForm.NONE),
    CERTHASH(466, "certhash", ValueForm.CERTHASH),
    WS(477, "ws", ValueForm.NONE),
    WSS(478, "wss", ValueForm.NONE),
    P2P_WEBSOCKET_STAR(479, "p2p-websocket-star", ValueForm.NONE),
    HTTP(480, "http", ValueForm.NONE),
    HTTP_PATH(481, "http-path", ValueForm.HTTP_PATH),
    MEMORY(777, "memory", ValueForm.NUMBER);

    private static final AddressProtocol[] ALL = values();

    private final int code;
    private final String label;
    private final ValueForm form;

    AddressProtocol(int code, String label, ValueForm form) {
        this.code = code;
        this.label = label;
        this.form = form;
    }

    /// The protocol with a code.
    public static Optional<AddressProtocol> of(long code) {
        for (AddressProtocol protocol : ALL)
            if (protocol.code == code) return Optional.of(protocol);
        return Optional.empty();
    }

    /// The protocol with a name; `ipfs` is the old name of `p2p`.
    public static Optional<AddressProtocol> named(String label) {
        if (label.equals("ipfs")) return Optional.of(P2P);
        for (AddressProtocol protocol : ALL)
            if (protocol.label.equals(label)) return Optional.of(protocol);
        return Optional.empty();
    }

    /// The code in bytes form.
    public int code() {
        return code;
    }

    /// The name in text form, such as `ip4`.
    public String label() {
        return label;
    }

    ValueForm form() {
        return form;
    }

    /// Whether it stands alone, as `/ws` does, or a value follows it.
    public boolean hasValue() {
        return form != ValueForm.NONE;
    }

    @Override
    public String toString() {
        return label;
    }
}
