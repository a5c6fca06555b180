package cairn.libp2p.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.wire.Both;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Messages;
import cairn.libp2p.wire.Role;
import cairn.multiformats.peer.PeerId;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every security protocol does.
public abstract class SecurityContract {
    protected static final Optional<PeerId> ANYONE = Optional.empty();

    private final List<MemoryDuplex> ends = MemoryDuplex.pair();
    protected final SigningKey dialler = SigningKey.generate();
    protected final SigningKey listener = SigningKey.generate();

    /// The protocol, as a host speaks it.
    protected abstract Security of(SigningKey host);

    protected final Both<Secured, Secured> handshake(
            Duplex there, List<String> offered, Duplex here, List<String> spoken) throws Exception {
        return Both.of(
                () ->
                        of(dialler)
                                .secure(
                                        there,
                                        Role.INITIATOR,
                                        Optional.of(listener.peerId()),
                                        offered),
                () -> of(listener).secure(here, Role.RESPONDER, ANYONE, spoken));
    }

    protected final Both<Secured, Secured> handshake() throws Exception {
        return handshake(ends.getFirst(), List.of("/m"), ends.getLast(), List.of("/m"));
    }

    @Test
    void each_end_comes_to_know_the_others_key() throws Exception {
        var both = handshake();
        assertThat(both.one().remoteKey()).isEqualTo(listener.publicKey());
        assertThat(both.other().remoteKey()).isEqualTo(dialler.publicKey());
    }

    @ParameterizedTest
    @CsvSource({"a b, b a, a", "a b c, c b, b", "a, b, ''", "'', a, ''", "a, '', ''"})
    void the_muxer_is_the_diallers_best_that_both_have(String offered, String spoken, String wanted)
            throws Exception {
        var both = handshake(ends.getFirst(), names(offered), ends.getLast(), names(spoken));
        Optional<String> muxer = names(wanted).stream().findFirst();
        assertThat(both.one().muxer()).isEqualTo(muxer);
        assertThat(both.other().muxer()).isEqualTo(muxer);
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    @Test
    void another_peer_than_the_dialled_is_refused() {
        PeerId other = SigningKey.generate().peerId();
        assertThatThrownBy(
                        () ->
                                Both.of(
                                        () -> secureAndClose(dialler, other, ends.getFirst()),
                                        () ->
                                                of(listener)
                                                        .secure(
                                                                ends.getLast(),
                                                                Role.RESPONDER,
                                                                ANYONE,
                                                                List.of())))
                .isInstanceOf(SecurityHandshakeException.class)
                .hasMessageContaining(listener.peerId().toString())
                .hasMessageContaining(other.toString());
    }

    private Secured secureAndClose(SigningKey host, PeerId expected, Duplex raw)
            throws IOException {
        try {
            return of(host).secure(raw, Role.INITIATOR, Optional.of(expected), List.of());
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// Nothing, a byte, around what goes without a large buffer, around a TLS record, a Noise frame
    /// and a large buffer, and much.
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 4_095, 4_096, 4_097, 16_384, 16_385, 65_518, 65_519, 65_520, 65_536, 262_126,
                262_144, 262_145, 1_000_000
            })
    void bytes_arrive_as_they_were_written_both_ways(int size) throws Exception {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        var both = handshake();
        Duplex there = both.one().channel();
        Duplex here = both.other().channel();
        for (Duplex[] way : new Duplex[][] {{there, here}, {here, there}}) {
            var written = Both.started(() -> write(way[0], data));
            byte[] read = new byte[size];
            Messages.readFully(way[1], read, 0, size);
            assertThat(read).isEqualTo(data);
            assertThat(Both.result(written)).isTrue();
        }
    }

    /// One byte, around a Noise frame's and a TLS record's plaintext, more than was written.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16_383, 65_519, 70_000, 400_000})
    void bytes_may_be_read_in_pieces_of_any_size(int piece) throws Exception {
        byte[] data = new byte[150_000];
        new Random(piece).nextBytes(data);
        var both = handshake();
        var written = Both.started(() -> write(both.one().channel(), data));
        byte[] read = new byte[data.length + piece];
        int done = 0;
        while (done < data.length) {
            int n = both.other().channel().read(read, done, piece);
            assertThat(n).isBetween(1, piece);
            done += n;
        }
        assertThat(read).startsWith(data);
        assertThat(done).isEqualTo(data.length);
        assertThat(Both.result(written)).isTrue();
    }

    @Test
    void a_read_takes_all_that_is_there() throws Exception {
        var both = handshake();
        for (int i = 0; i < 10; i++) write(both.one().channel(), new byte[100]);
        assertThat(both.other().channel().read(new byte[5_000], 0, 5_000)).isEqualTo(1_000);
    }

    @Test
    void a_written_array_may_be_used_again() throws Exception {
        var both = handshake();
        byte[] data = {1, 2, 3};
        write(both.one().channel(), data);
        data[0] = 9;
        byte[] read = new byte[3];
        Messages.readFully(both.other().channel(), read, 0, 3);
        assertThat(read).containsExactly(1, 2, 3);
    }

    @Test
    void the_end_of_the_bytes_is_told() throws Exception {
        var both = handshake();
        write(both.one().channel(), new byte[10]);
        both.one().channel().close();
        Messages.readFully(both.other().channel(), new byte[10], 0, 10);
        assertThat(both.other().channel().read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    @Test
    void closing_ends_the_wait_of_a_reader() throws Exception {
        var both = handshake();
        var read = Both.started(() -> both.one().channel().read(new byte[1], 0, 1));
        both.one().channel().close();
        both.one().channel().close();
        assertThatThrownBy(() -> Both.result(read)).isInstanceOf(IOException.class);
        assertThat(ends.getFirst().isClosed()).isTrue();
    }

    @Test
    void what_is_written_is_not_to_be_seen_below() throws Exception {
        var both = handshake();
        byte[] secret = "a secret that nobody is told".getBytes(US_ASCII);
        write(both.one().channel(), secret);
        byte[] wire = new byte[500];
        int n = ends.getLast().read(wire, 0, wire.length);
        assertThat(n).isGreaterThan(secret.length);
        assertThat(new String(wire, 0, n, ISO_8859_1)).doesNotContain("secret");
    }

    /// In the length, in the bytes, in the tag.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 60, 115})
    void a_changed_byte_ends_the_connection(int at) throws Exception {
        var both = handshake();
        write(both.one().channel(), new byte[100]);
        byte[] wire = new byte[500];
        int n = ends.getLast().read(wire, 0, wire.length);
        wire[at] ^= 1;
        ends.getFirst().write(wire, 0, n);
        ends.getFirst().finish();
        byte[] read = new byte[100];
        assertThatThrownBy(() -> both.other().channel().read(read, 0, 100))
                .isInstanceOf(IOException.class);
        assertThat(read).containsOnly(0);
        assertThatThrownBy(() -> both.other().channel().read(read, 0, 100))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_repeated_message_ends_the_connection() throws Exception {
        var both = handshake();
        write(both.one().channel(), new byte[100]);
        byte[] wire = new byte[500];
        int n = ends.getLast().read(wire, 0, wire.length);
        ends.getFirst().write(wire, 0, n);
        ends.getFirst().write(wire, 0, n);
        Duplex here = both.other().channel();
        assertThatThrownBy(() -> Messages.readFully(here, new byte[200], 0, 200))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EOFException.class);
        assertThat(ends.getLast().isClosed()).isTrue();
    }

    @Test
    void a_channel_is_held_where_the_bare_one_is() throws Exception {
        Duplex channel = handshake().one().channel();
        assertThat(channel.isHeld()).isFalse();
        ends.getFirst().hold(true);
        assertThat(channel.isHeld()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 33, 34, 200, 5_000})
    void garbage_is_no_handshake(int size) {
        byte[] garbage = new byte[size];
        new Random(size).nextBytes(garbage);
        for (Role role : Role.values())
            assertThatThrownBy(
                            () ->
                                    of(dialler)
                                            .secure(
                                                    MemoryDuplex.of(garbage),
                                                    role,
                                                    ANYONE,
                                                    List.of("/m")))
                    .isInstanceOf(IOException.class);
    }

    /// Each part of the handshake comes to an end that the other one leaves: no wait without end.
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100, 180})
    void a_handshake_that_is_cut_short_fails_at_both_ends(int bytes) {
        Duplex cut = new CutDuplex(ends.getFirst(), bytes);
        assertThatThrownBy(() -> handshake(cut, List.of("/m"), ends.getLast(), List.of("/m")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> write(cut, new byte[1])).isInstanceOf(IOException.class);
    }

    private static boolean write(Duplex out, byte[] data) throws IOException {
        out.write(data, 0, data.length);
        return true;
    }

    /// A duplex that dies once it has read so many bytes.
    private static final class CutDuplex implements Duplex {
        private final Duplex duplex;
        private int left;

        private CutDuplex(Duplex duplex, int bytes) {
            this.duplex = duplex;
            this.left = bytes;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = left == 0 ? -1 : duplex.read(target, offset, Math.min(left, length));
            left -= Math.max(0, n);
            if (left == 0) duplex.close();
            return n;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            duplex.write(source, offset, length);
        }

        @Override
        public void close() throws IOException {
            duplex.close();
        }
    }
}
