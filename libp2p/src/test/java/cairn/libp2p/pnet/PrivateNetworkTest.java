package cairn.libp2p.pnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.multiformats.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateNetworkTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String HEAD = "/key/swarm/psk/1.0.0/\n";
    private static final String FILE = HEAD + "/base16/\n" + HEX + "\n";
    private static final int NONCE_BYTES = 24;

    @Test
    void a_network_has_the_fingerprint_that_kubo_prints() throws Exception {
        assertThat(network(FILE).fingerprint()).isEqualTo(known("fingerprint.txt").strip());
    }

    @Test
    void what_go_writes_is_read() throws Exception {
        List<String> row =
                List.of(known("private-network.tsv").lines().toList().get(1).split("\t", -1));
        byte[] wire = HexFormat.of().parseHex(row.get(2));
        PrivateNetwork network = network(row.getFirst().replace('|', '\n'));
        for (int step : List.of(1, 7, 64, 1000)) {
            Duplex near = network.protect(new Recorded(wire, step));
            assertThat(new String(all(near), StandardCharsets.US_ASCII))
                    .isEqualTo(row.get(1).replace(" ", ""));
        }
    }

    @Test
    void a_connection_is_held_where_the_bare_one_is() throws Exception {
        MemoryDuplex raw = MemoryDuplex.of(new byte[0]);
        Duplex near = network(FILE).protect(raw);
        assertThat(near.isHeld()).isFalse();
        raw.hold(true);
        assertThat(near.isHeld()).isTrue();
    }

    /// Around the block of the cipher, 64 bytes, and the chunk of the writer, 65,536.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 65_511, 65_512, 65_513, 65_535, 65_536, 65_537, 200_000})
    void what_one_end_writes_the_other_reads(int size) throws Exception {
        byte[] bytes = new byte[size + 3];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i * 31);
        Recorded wire = new Recorded(new byte[0], 1);
        Duplex near = network(FILE).protect(wire);
        near.write(bytes, 1, size);
        near.write(bytes, 0, 3);
        byte[] written = wire.out.toByteArray();
        assertThat(written).hasSize(NONCE_BYTES + size + 3);
        byte[] expected = Arrays.copyOfRange(bytes, 1, size + 4);
        System.arraycopy(bytes, 0, expected, size, 3);
        assertThat(all(network(FILE).protect(new Recorded(written, 5000)))).isEqualTo(expected);
    }

    @Test
    void each_connection_has_its_own_stream_and_the_first_write_is_one() throws Exception {
        Recorded one = new Recorded(new byte[0], 1);
        Recorded two = new Recorded(new byte[0], 1);
        network(FILE).protect(one).write(new byte[100], 0, 100);
        network(FILE).protect(two).write(new byte[100], 0, 100);
        assertThat(one.out.toByteArray()).isNotEqualTo(two.out.toByteArray());
        assertThat(one.writes).isEqualTo(1);
    }

    @Test
    void what_is_written_stays_the_callers() throws Exception {
        byte[] bytes = new byte[100];
        network(FILE).protect(new Recorded(new byte[0], 1)).write(bytes, 0, 100);
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void another_networks_peer_reads_noise() throws Exception {
        Recorded wire = new Recorded(new byte[0], 1);
        network(FILE).protect(wire).write(new byte[100], 0, 100);
        PrivateNetwork other = network(FILE.replace('f', 'e'));
        assertThat(all(other.protect(new Recorded(wire.out.toByteArray(), 100))))
                .isNotEqualTo(new byte[100]);
    }

    @Test
    void an_end_before_the_nonce_is_an_error() throws Exception {
        for (int size : List.of(0, 1, NONCE_BYTES - 1))
            assertThatThrownBy(() -> all(network(FILE).protect(new Recorded(new byte[size], 100))))
                    .isInstanceOf(EOFException.class);
        assertThat(all(network(FILE).protect(new Recorded(new byte[NONCE_BYTES], 100)))).isEmpty();
    }

    @Test
    void closing_closes_the_connection() throws Exception {
        Recorded wire = new Recorded(new byte[0], 1);
        network(FILE).protect(wire).close();
        assertThat(wire.closed).isTrue();
    }

    @Test
    void a_key_may_be_written_in_three_ways_and_with_any_line_ends() throws Exception {
        byte[] key = HexFormat.of().parseHex(HEX);
        String base64 = Base64.getEncoder().encodeToString(key);
        String binary = new String(key, StandardCharsets.ISO_8859_1);
        for (String file :
                List.of(
                        FILE,
                        FILE.strip(),
                        FILE.replace("\n", "\r\n"),
                        FILE.replace(HEX, HEX.toUpperCase(Locale.ROOT)),
                        HEAD + "/base64/\n" + base64 + "\n",
                        HEAD + "/bin/\n" + binary))
            assertThat(network(file).fingerprint()).isEqualTo(network(FILE).fingerprint());
    }

    @Test
    void any_other_file_is_refused() {
        refused("", "no two lines");
        refused(HEAD, "no two lines");
        refused(FILE.replace("1.0.0", "2.0.0"), "the first line isn't");
        refused("\n" + FILE, "the first line isn't");
        refused(FILE.replace("/base16/", "/base32/"), "the second line is neither");
        refused(FILE.replace("/base16/", "/base64/"), "48 bytes of key");
        refused(FILE.replace(HEX, HEX + "00"), "33 bytes of key");
        refused(FILE.replace(HEX, HEX.substring(2)), "31 bytes of key");
        refused(FILE.replace(HEX, ""), "0 bytes of key");
        refused(FILE.replace(HEX, HEX.substring(1)), "isn't base16");
        refused(FILE.replace('f', 'g'), "isn't base16");
        refused(HEAD + "/base64/\n!", "isn't base64");
        refused(HEAD + "/bin/\n" + "x".repeat(33), "33 bytes of key");
        refused(FILE + " ".repeat(PrivateNetwork.MAX_FILE_BYTES), "bytes of file");
    }

    @Test
    void a_network_in_a_message_does_not_show_its_key() throws Exception {
        assertThat(network(FILE).toString()).doesNotContain(HEX.substring(0, 8));
    }

    private static void refused(String file, String why) {
        assertThatThrownBy(() -> network(file))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }

    private static PrivateNetwork network(String file) throws MalformedException {
        return PrivateNetwork.parse(file.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] all(Duplex in) throws IOException {
        var out = new ByteArrayOutputStream();
        byte[] some = new byte[999];
        for (int n = in.read(some, 3, 990); n >= 0; n = in.read(some, 3, 990))
            out.write(some, 3, n);
        return out.toByteArray();
    }

    private static String known(String name) throws IOException {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("testdata/libp2p").resolve(name))) {
            at = at.getParent();
            if (at == null) throw new IllegalStateException("run within the project");
        }
        return Files.readString(at.resolve("testdata/libp2p").resolve(name));
    }

    /// A connection whose other end has said all it will say, and hears what is written.
    private static final class Recorded implements Duplex {
        private final ByteArrayInputStream in;
        private final int step;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int writes;
        private boolean closed;

        /// @param step how many bytes a read has at most
        private Recorded(byte[] in, int step) {
            this.in = new ByteArrayInputStream(in);
            this.step = step;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return in.read(target, offset, Math.min(length, step));
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            writes++;
            out.write(source, offset, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
