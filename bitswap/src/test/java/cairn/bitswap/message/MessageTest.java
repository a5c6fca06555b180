package cairn.bitswap.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.bitswap.message.WantlistEntry.Cancel;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.message.WantlistEntry.Want;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.Varint;
import cairn.multiformats.protobuf.ProtoMessage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageTest {
    private static final Hashes HASHES = Hashes.jdk();
    private static final Block RAW = block(1, Multicodec.RAW, "raw");
    private static final Block OLD = block(0, Multicodec.DAG_PB, "old");

    private static Block block(int version, Multicodec codec, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Block.hashed(version, codec, HASHES.find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    private static Received read(byte[] bytes, int pieces) throws IOException {
        Received received = new Received();
        MessageReader reader = reader(new BytesDuplex(bytes, pieces));
        while (reader.read(received)) {}
        return received;
    }

    private static MessageReader reader(BytesDuplex in) {
        return new MessageReader(in, HASHES, new ByteAllowance(Block.MAX_BYTES));
    }

    private static byte[] sent(OutgoingMessage message, BitswapVersion version) throws IOException {
        BytesDuplex out = new BytesDuplex(new byte[0], 1);
        assertThat(message.writeTo(out, version)).isEqualTo(out.written().length);
        return out.written();
    }

    private static byte[] framed(ProtoMessage message) {
        byte[] body = message.encode();
        ByteBuffer framed = ByteBuffer.allocate(Varint.size(body.length) + body.length);
        Varint.write(body.length, framed);
        return framed.put(body).array();
    }

    private static final OutgoingMessage ALL =
            new OutgoingMessage(
                    true,
                    List.of(
                            new Want(RAW.cid(), Kind.BLOCK, 7, true),
                            new Want(OLD.cid(), Kind.HAVE, -1, false),
                            new Cancel(OLD.cid())),
                    List.of(RAW, OLD),
                    List.of(
                            new Presence(RAW.cid(), Presence.Type.HAVE),
                            new Presence(OLD.cid(), Presence.Type.DONT_HAVE)),
                    1234);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 1 << 20})
    void what_is_written_is_read_however_it_is_cut(int pieces) throws IOException {
        byte[] one = sent(ALL, BitswapVersion.V1_2_0);
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);

        Received received = read(two, pieces);

        assertThat(received.full).containsExactly(true, true);
        assertThat(received.entries.subList(0, 3)).isEqualTo(ALL.wantlist());
        assertThat(received.presences.subList(2, 4)).isEqualTo(ALL.presences());
        assertThat(received.blocks).containsExactly(RAW, OLD, RAW, OLD);
        assertThat(received.blocks.get(2).bytes()).isEqualTo(RAW.bytes());
        assertThat(received.pendingBytes).isEqualTo(1234);
    }

    @Test
    void version_1_1_0_hears_nothing_of_presences() throws IOException {
        Received received = read(sent(ALL, BitswapVersion.V1_1_0), 100);

        assertThat(received.entries)
                .as("a want for the word would be taken for one of the block")
                .containsExactly(new Want(RAW.cid(), Kind.BLOCK, 7, false), new Cancel(OLD.cid()));
        assertThat(received.presences).isEmpty();
        assertThat(received.blocks).containsExactly(RAW, OLD);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_0_0", "UNVERSIONED"})
    void older_versions_get_blocks_that_cids_of_version_0_name(BitswapVersion version)
            throws IOException {
        assertThat(read(sent(ALL, version), 100).blocks).containsExactly(OLD);
    }

    /// As boxo writes it: entry, full; payload; presence; pending bytes.
    @Test
    void bytes_are_those_of_the_specification() throws IOException {
        String cid = HexFormat.of().formatHex(RAW.cid().bytes());
        var message =
                new OutgoingMessage(
                        false, List.of(new Cancel(RAW.cid())), List.of(RAW), List.of(), 0);

        assertThat(HexFormat.of().formatHex(sent(message, BitswapVersion.V1_2_0)))
                .isEqualTo(
                        "39" // 57 bytes
                                + "0a2a" // 1, wantlist
                                + "0a28" // 1, entry
                                + "0a24"
                                + cid // 1, block
                                + "1801" // 3, cancel
                                + "1a0b" // 3, payload
                                + "0a0401551220" // 1, prefix: version 1, raw, sha2-256, 32 bytes
                                + "1203726177"); // 2, data
    }

    @Test
    void blocks_are_named_by_their_bytes_whatever_the_prefix_says_of_the_digest()
            throws IOException {
        Received received = read(payload(1, 0x55, 0x12, 20), 100);

        byte[] whole = RAW.cid().hash().digest();
        Multihash cut = Multihash.of(Multicodec.SHA2_256, Arrays.copyOf(whole, 20));
        assertThat(received.blocks)
                .extracting(Block::cid)
                .containsExactly(Cid.v1(Multicodec.RAW, cut));
    }

    @Test
    void go_s_minus_one_for_a_whole_digest_is_taken() throws IOException {
        assertThat(read(payload(1, 0x55, 0x12, -1), 100).blocks).containsExactly(RAW);
    }

    @Test
    void blocks_that_nobody_can_name_are_passed_over_and_counted() throws IOException {
        assertThat(read(payload(1, 0x55, 0x00, 3), 100).unnamedBytes).as("identity").isEqualTo(3);
        assertThat(read(payload(1, 0x55, 0x22, 8), 100).unnamedBytes).as("murmur3").isEqualTo(3);
        assertThat(read(payload(1, 0x55, 0x12, 4), 100).unnamedBytes).as("too short").isEqualTo(3);
        assertThat(read(payload(1, 0x55, 0x12, 33), 100).unnamedBytes).as("too long").isEqualTo(3);
        assertThat(read(payload(0, 0x55, 0x12, 32), 100).unnamedBytes).as("no v0").isEqualTo(3);
        assertThat(
                        read(
                                        framed(
                                                new ProtoMessage()
                                                        .message(
                                                                3,
                                                                new ProtoMessage()
                                                                        .bytes(2, RAW.bytes()))),
                                        9)
                                .unnamedBytes)
                .as("no prefix")
                .isEqualTo(3);
    }

    private static byte[] payload(int version, int codec, int hash, long digest) {
        ByteBuffer prefix = ByteBuffer.allocate(20);
        prefix.put((byte) version).put((byte) codec).put((byte) hash);
        if (digest >= 0) Varint.write(digest, prefix);
        else prefix.put(HexFormat.of().parseHex("ffffffffffffffffff01"));
        byte[] cut = Arrays.copyOf(prefix.array(), prefix.position());
        return framed(
                new ProtoMessage()
                        .message(3, new ProtoMessage().bytes(1, cut).bytes(2, RAW.bytes())));
    }

    @Test
    void a_message_over_four_mebibytes_is_refused_before_it_is_read() {
        byte[] length = new byte[] {(byte) 0x81, (byte) 0x80, (byte) 0x80, 2, 0, 0, 0};
        BytesDuplex in = new BytesDuplex(length, 100);

        assertThatThrownBy(() -> reader(in).read(new Received()))
                .isInstanceOf(MalformedException.class)
                .hasMessage("message of 4194305 bytes; at most 4194304 are read");
    }

    @Test
    void a_block_over_two_mebibytes_is_refused() {
        byte[] large = framed(new ProtoMessage().bytes(2, new byte[Block.MAX_BYTES + 1]));

        assertThatThrownBy(() -> read(large, 1 << 20)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_part_that_passes_the_end_of_what_holds_it_is_refused() {
        byte[] wantlist = {6, 0x0a, 2, 0x0a, 2, 0, 0}; // the entry ends behind its wantlist
        assertThatThrownBy(() -> read(wantlist, 100)).isInstanceOf(MalformedException.class);
        byte[] payload = {6, 0x1a, 2, 0x12, 2, 0, 0};
        assertThatThrownBy(() -> read(payload, 100)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_message_that_is_cut_short_is_an_error_at_every_place() throws IOException {
        byte[] whole = sent(ALL, BitswapVersion.V1_2_0);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut, 100)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void an_entry_without_a_cid_is_refused() {
        assertThatThrownBy(
                        () ->
                                read(
                                        framed(
                                                new ProtoMessage()
                                                        .message(
                                                                1,
                                                                new ProtoMessage()
                                                                        .message(
                                                                                1,
                                                                                new ProtoMessage()
                                                                                        .number(
                                                                                                2,
                                                                                                1)))),
                                        9))
                .isInstanceOf(MalformedException.class);
    }
}
