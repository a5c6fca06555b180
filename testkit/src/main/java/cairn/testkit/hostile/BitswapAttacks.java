package cairn.testkit.hostile;

import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.multiformats.Cid;
import cairn.multiformats.Varint;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.protobuf.ProtoMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Attacks on whoever speaks Bitswap 1.2.0: messages made by hand, on a muxer that is in order.
/// Source: specs.ipfs.tech/bitswap-protocol, "Wire Format".
public final class BitswapAttacks {
    private static final String PROTOCOL = "/ipfs/bitswap/1.2.0";

    /// CIDv1, raw, SHA2-256 of 32 bytes.
    private static final byte[] PREFIX = {1, 0x55, 0x12, 32};

    private static final int CID_BYTES = PREFIX.length + 32;

    /// Fields of a message.
    private static final int WANTLIST = 1;

    private static final int PAYLOAD = 3;
    private static final int PRESENCE = 4;

    /// A little less than the longest message that is read, in entries.
    private static final int ENTRIES_A_MESSAGE = 80_000;

    private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PROMISES = Duration.ofMillis(10);

    private BitswapAttacks() {}

    /// Sends blocks that nobody asked for, each another one, until so many were taken.
    ///
    /// @param bytes of each
    public static Attack unwantedBlocks(Multiaddr at, int count, int bytes) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            attacker.meanwhile(reader -> awaitEnd(stream));
            SplittableRandom random = new SplittableRandom(count);
            byte[] data = new byte[bytes];
            for (int i = 0; i < count; i++) {
                random.nextBytes(data);
                say(stream, block(PREFIX, data));
            }
        };
    }

    /// Sends blocks whose hash function nobody has, or may use, until so many were taken.
    public static Attack blocksWithoutNames(Multiaddr at, int count, int bytes) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            attacker.meanwhile(reader -> awaitEnd(stream));
            byte[] message = block(new byte[] {1, 0x55, 0, 32}, new byte[bytes]);
            for (int i = 0; i < count; i++) say(stream, message);
        };
    }

    /// Wants so many blocks, each another one, in messages as long as they may be.
    public static Attack wantlist(Multiaddr at, int entries) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            byte[] entry = entry(cid(0), false);
            byte[] message = repeated(entry, ENTRIES_A_MESSAGE);
            int digest = message.length - ENTRIES_A_MESSAGE * entry.length + indexOfDigest(entry);
            for (int said = 0; said < entries; said += ENTRIES_A_MESSAGE) {
                ByteBuffer patched = ByteBuffer.wrap(message);
                for (int i = 0; i < ENTRIES_A_MESSAGE; i++)
                    patched.putInt(digest + i * entry.length, said + i);
                say(stream, message);
            }
        };
    }

    /// Wants something and takes it back, in turns, each in a message of its own.
    public static Attack wantsAndCancels(Multiaddr at, int rounds) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            for (int i = 0; i < rounds; i++) {
                say(stream, repeated(entry(cid(i % 100), false), 1));
                say(stream, repeated(entry(cid(i % 100), true), 1));
            }
        };
    }

    /// Wants blocks over and over and reads nothing of what comes.
    public static Attack neverReads(Multiaddr at, List<Cid> cids, int rounds) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            for (int i = 0; i < rounds; i++)
                for (Cid cid : cids) {
                    say(stream, repeated(entry(cid.bytes(), true), 1));
                    say(stream, repeated(entry(cid.bytes(), false), 1));
                }
        };
    }

    /// Says that it has blocks, again and again for some time, and never sends one.
    public static Attack promises(Multiaddr at, List<Cid> cids, Duration time) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            ProtoMessage message = new ProtoMessage();
            for (Cid cid : cids)
                message.message(PRESENCE, new ProtoMessage().bytes(1, cid.bytes()).number(2, 0));
            byte[] promise = framed(message.encode());
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                say(stream, promise);
                pause(BETWEEN_PROMISES);
            }
        };
    }

    /// Begins blocks, each on a stream of its own, and sends a byte of each in a second.
    ///
    /// @param bytes as long as it says that they are
    public static Attack drip(Multiaddr at, int streams, int bytes) {
        return attacker -> {
            MuxedConnection connection = attacker.connection(at);
            byte[] message = block(PREFIX, new byte[bytes]);
            List<MuxedStream> dripping = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                MuxedStream stream = open(connection);
                stream.write(message, 0, message.length - bytes);
                dripping.add(stream);
            }
            attacker.meanwhile(
                    drip -> {
                        for (int i = 0; i < bytes; i++) {
                            pause(BETWEEN_BYTES);
                            for (MuxedStream stream : dripping) stream.write(new byte[1], 0, 1);
                        }
                    });
        };
    }

    /// Opens so many streams, as far as it may, and begins a message on each.
    public static Attack streams(Multiaddr at, int count) {
        return attacker -> {
            MuxedConnection connection = attacker.connection(at);
            for (int i = 0; i < count; i++) {
                MuxedStream stream = connection.open();
                attacker.meanwhile(
                        begin -> {
                            Multistream.select(stream, List.of(PROTOCOL));
                            stream.write(new byte[] {100, 10}, 0, 2);
                        });
            }
        };
    }

    /// Says one message of a length that no message has, and goes on with it while it may.
    public static Attack endlessMessage(Multiaddr at, long bytes) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            byte[] zeros = new byte[ENTRIES_A_MESSAGE];
            ByteBuffer length = ByteBuffer.allocate(Varint.MAX_BYTES);
            Varint.write(bytes, length);
            stream.write(length.array(), 0, length.position());
            attacker.meanwhile(reader -> awaitEnd(stream));
            for (long said = 0; said < bytes; said += zeros.length)
                stream.write(zeros, 0, zeros.length);
        };
    }

    /// Says a message whose parts are within one another, as deep as they may be.
    public static Attack nestedMessage(Multiaddr at, int field, int depth) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at));
            ProtoMessage inner = new ProtoMessage();
            for (int i = 0; i < depth; i++) inner = new ProtoMessage().message(field, inner);
            say(stream, framed(inner.encode()));
        };
    }

    private static byte[] block(byte[] prefix, byte[] data) {
        return framed(
                new ProtoMessage()
                        .message(PAYLOAD, new ProtoMessage().bytes(1, prefix).bytes(2, data))
                        .encode());
    }

    private static byte[] cid(int number) {
        return ByteBuffer.allocate(CID_BYTES).put(PREFIX).putInt(number).array();
    }

    /// An entry of a wantlist, with what is before it.
    private static byte[] entry(byte[] cid, boolean cancel) {
        ProtoMessage entry = new ProtoMessage().bytes(1, cid).number(2, 1).number(5, 1);
        return new ProtoMessage().message(1, cancel ? entry.number(3, 1) : entry).encode();
    }

    private static int indexOfDigest(byte[] entry) {
        for (int i = 0; i + PREFIX.length < entry.length; i++)
            if (ByteBuffer.wrap(entry, i, PREFIX.length).equals(ByteBuffer.wrap(PREFIX)))
                return i + PREFIX.length;
        throw new IllegalArgumentException("an entry without a CID");
    }

    private static byte[] repeated(byte[] entry, int count) {
        ByteBuffer list = ByteBuffer.allocate(entry.length * count);
        for (int i = 0; i < count; i++) list.put(entry);
        return framed(new ProtoMessage().bytes(WANTLIST, list.array()).encode());
    }

    private static byte[] framed(byte[] message) {
        ByteBuffer framed = ByteBuffer.allocate(Varint.size(message.length) + message.length);
        Varint.write(message.length, framed);
        return framed.put(message).array();
    }

    private static MuxedStream open(MuxedConnection connection) throws IOException {
        MuxedStream stream = connection.open();
        Multistream.select(stream, List.of(PROTOCOL));
        return stream;
    }

    private static void say(MuxedStream stream, byte[] bytes) throws IOException {
        stream.write(bytes, 0, bytes.length);
    }

    private static void awaitEnd(MuxedStream stream) throws IOException {
        byte[] dropped = new byte[1 << 16];
        for (int n = 0; n >= 0; n = stream.read(dropped, 0, dropped.length)) {}
    }

    private static void pause(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two words");
        }
    }
}
