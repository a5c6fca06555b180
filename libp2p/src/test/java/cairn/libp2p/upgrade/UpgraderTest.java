package cairn.libp2p.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.multistream.UnsupportedProtocolException;
import cairn.libp2p.muxer.Muxer;
import cairn.libp2p.noise.Noise;
import cairn.libp2p.security.Secured;
import cairn.libp2p.security.Security;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.tls.HostCertificate;
import cairn.libp2p.tls.Tls;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.TimeLimit;
import cairn.libp2p.wire.Both;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Messages;
import cairn.libp2p.wire.Role;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgraderTest {
    private static final List<Muxer> MUXERS = List.of(new ChannelMuxer("/m"));

    private final SigningKey dialler = SigningKey.generate();
    private final SigningKey listener = SigningKey.generate();
    private final List<MemoryDuplex> ends = MemoryDuplex.pair();
    private final Multiaddr here = new Multiaddr(List.of());

    /// What the dialler proposes first is taken, if the listener has it.
    @ParameterizedTest
    @CsvSource({
        "/noise /tls/1.0.0, /tls/1.0.0 /noise, /noise",
        "/tls/1.0.0 /noise, /noise /tls/1.0.0, /tls/1.0.0",
        "/tls/1.0.0 /noise, /noise, /noise",
        "/noise, /noise, /noise"
    })
    void the_dialler_decides_on_security(String offered, String spoken, String taken)
            throws Exception {
        var both = upgrade(upgrader(dialler, offered), upgrader(listener, spoken));
        assertThat(both.one().security()).isEqualTo(taken);
        assertThat(both.other().security()).isEqualTo(taken);
        assertThat(both.one().remotePeer()).isEqualTo(listener.peerId());
        assertThat(both.other().remotePeer()).isEqualTo(dialler.peerId());
        assertThat(both.one().muxer()).isEqualTo("/m");
        assertThat(role(both.one())).isEqualTo(Role.INITIATOR);
        assertThat(role(both.other())).isEqualTo(Role.RESPONDER);
        assertCarries(both);
    }

    @Test
    void a_muxer_that_security_did_not_agree_on_is_agreed_on_after_it() throws Exception {
        var both =
                upgrade(
                        new Upgrader(
                                Protector.none(),
                                List.of(new Late(noise(dialler))),
                                List.of(new ChannelMuxer("/x"), new ChannelMuxer("/m"))),
                        upgrader(listener, "/noise"));
        assertThat(both.one().muxer()).isEqualTo("/m");
        assertThat(both.other().muxer()).isEqualTo("/m");
        assertCarries(both);
    }

    @Test
    void ends_without_common_security_are_told() {
        assertThatThrownBy(
                        () ->
                                upgrade(
                                        upgrader(dialler, "/noise"),
                                        upgrader(listener, "/tls/1.0.0")))
                .isInstanceOf(UnsupportedProtocolException.class)
                .hasMessage("the other end doesn't speak /noise");
    }

    @Test
    void ends_without_a_common_muxer_are_told() {
        var other =
                new Upgrader(
                        Protector.none(),
                        List.of(noise(dialler)),
                        List.of(new ChannelMuxer("/other")));
        assertThatThrownBy(() -> upgrade(other, upgrader(listener, "/noise")))
                .isInstanceOf(UnsupportedProtocolException.class)
                .hasMessage("the other end doesn't speak /other");
    }

    @Test
    void a_muxer_that_was_not_offered_is_refused() {
        Security liar =
                new Security() {
                    @Override
                    public String protocol() {
                        return "/noise";
                    }

                    @Override
                    public Secured secure(
                            Duplex raw, Role role, Optional<PeerId> peer, List<String> muxers) {
                        return new Secured(raw, listener.publicKey(), Optional.of("/evil"));
                    }
                };
        var upgrader = new Upgrader(Protector.none(), List.of(liar), MUXERS);
        assertThatThrownBy(() -> upgrade(upgrader, upgrader(listener, "/noise")))
                .isInstanceOf(IOException.class)
                .hasMessage("the other end chose /evil");
    }

    @ParameterizedTest
    @CsvSource({"/noise", "/tls/1.0.0"})
    void another_peer_than_the_dialled_is_refused(String security) {
        SigningKey impostor = SigningKey.generate();
        assertThatThrownBy(() -> upgrade(upgrader(dialler, security), upgrader(impostor, security)))
                .isInstanceOf(SecurityHandshakeException.class);
    }

    @Test
    void a_private_network_lies_below_all_of_it() throws Exception {
        Protector secret = Flipped::new;
        var both =
                upgrade(
                        new Upgrader(secret, List.of(noise(dialler)), MUXERS),
                        new Upgrader(secret, List.of(noise(listener)), MUXERS));
        assertCarries(both);
    }

    @Test
    void who_does_not_know_the_private_network_is_not_understood() {
        assertThatThrownBy(
                        () ->
                                upgrade(
                                        new Upgrader(Flipped::new, List.of(noise(dialler)), MUXERS),
                                        upgrader(listener, "/noise")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void closing_the_connection_ends_an_upgrade_with_a_silent_end() {
        for (Role role : Role.values()) {
            Duplex raw = MemoryDuplex.pair().getFirst();
            TimeLimit limit = TimeLimit.on(raw, Duration.ofMillis(30));
            assertThatThrownBy(
                            () -> {
                                try {
                                    run(upgrader(dialler, "/noise"), raw, role);
                                } catch (IOException e) {
                                    throw limit.explain(e);
                                }
                            })
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_link_needs_security_and_a_muxer_and_no_two_of_one_name() {
        var noise = noise(dialler);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upgrader(Protector.none(), List.of(), MUXERS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upgrader(Protector.none(), List.of(noise), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upgrader(Protector.none(), List.of(noise, noise), MUXERS))
                .withMessage("two /noise");
    }

    @Test
    void both_securities_are_proposed_in_some_order() {
        assertThat(SecurityOrder.fastestFirst(tls(dialler), noise(dialler)))
                .extracting(Security::protocol)
                .containsExactlyInAnyOrder("/tls/1.0.0", "/noise");
    }

    private Both<Link, Link> upgrade(Upgrader there, Upgrader other) throws Exception {
        return Both.of(
                () -> run(there, ends.getFirst(), Role.INITIATOR),
                () -> run(other, ends.getLast(), Role.RESPONDER));
    }

    /// As transports do it: what fails is closed.
    private Link run(Upgrader upgrader, Duplex raw, Role role) throws IOException {
        Optional<PeerId> expected =
                role == Role.INITIATOR ? Optional.of(listener.peerId()) : Optional.empty();
        try {
            return upgrader.upgrade(raw, role, expected, here, here, Admission.unlimited());
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static Role role(Link link) {
        return ((ChannelMuxer.Connection) link.muxed()).role();
    }

    private static void assertCarries(Both<Link, Link> both) throws IOException {
        Duplex out = ((ChannelMuxer.Connection) both.one().muxed()).channel();
        Duplex in = ((ChannelMuxer.Connection) both.other().muxed()).channel();
        out.write(new byte[] {1, 2, 3}, 0, 3);
        byte[] read = new byte[3];
        Messages.readFully(in, read, 0, 3);
        assertThat(read).containsExactly(1, 2, 3);
    }

    private static Upgrader upgrader(SigningKey host, String securities) {
        List<Security> list =
                List.of(securities.split(" ")).stream()
                        .map(name -> name.equals("/noise") ? noise(host) : tls(host))
                        .toList();
        return new Upgrader(Protector.none(), list, MUXERS);
    }

    private static Security noise(SigningKey host) {
        return new Noise(host, new LargeBuffers());
    }

    private static Security tls(SigningKey host) {
        InstantSource clock = InstantSource.system();
        return new Tls(HostCertificate.make(host, clock.instant()), new LargeBuffers(), clock);
    }

    /// A security that agrees on no muxer.
    private record Late(Security security) implements Security {
        @Override
        public String protocol() {
            return security.protocol();
        }

        @Override
        public Secured secure(Duplex raw, Role role, Optional<PeerId> peer, List<String> muxers)
                throws IOException {
            return security.secure(raw, role, peer, List.of());
        }
    }

    /// A duplex whose bits are all turned around.
    private record Flipped(Duplex raw) implements Duplex {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = raw.read(target, offset, length);
            for (int i = 0; i < n; i++) target[offset + i] ^= -1;
            return n;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            byte[] flipped = new byte[length];
            for (int i = 0; i < length; i++) flipped[i] = (byte) ~source[offset + i];
            raw.write(flipped, 0, length);
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
