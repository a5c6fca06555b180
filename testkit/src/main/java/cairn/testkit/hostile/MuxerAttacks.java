package cairn.testkit.hostile;

import cairn.testkit.hostile.RawYamux.FrameKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Attacks on the muxer, by a peer that has proven its key: frames of yamux that no honest peer
/// sends, or not so many.
public final class MuxerAttacks {
    /// Frames that are sent in one go.
    private static final int BATCH = 256;

    private MuxerAttacks() {}

    /// Opens so many streams, and says nothing on any.
    public static Attack silentStreams(int count) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            flood(
                    yamux,
                    count,
                    i -> RawYamux.header(FrameKind.WINDOW_UPDATE, RawYamux.SYN, odd(i), 0));
            yamux.settle();
        };
    }

    /// Opens streams, and dies.
    public static Attack opensStreamsAndVanishes(int count, String protocol) {
        return attacker -> {
            Wire wire = attacker.wire();
            RawYamux yamux = new RawYamux(attacker.secured(wire));
            for (int i = 0; i < count; i++) yamux.open(odd(i), protocol);
            wire.vanish();
        };
    }

    /// Sends more on a stream than its window has room for.
    public static Attack windowOverrun(String protocol) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            yamux.open(1, protocol);
            yamux.send(FrameKind.DATA, 0, 1, RawYamux.FIRST_WINDOW + 1);
            awaitEnd(yamux);
        };
    }

    /// Announces a frame of four gigabytes.
    public static Attack giantFrame() {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            yamux.send(FrameKind.DATA, RawYamux.SYN, 1, -1);
            awaitEnd(yamux);
        };
    }

    /// Announces a frame as large as the window, and sends a byte of it.
    public static Attack frameThatNeverEnds(String protocol) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            yamux.open(1, protocol);
            yamux.settle();
            yamux.send(FrameKind.DATA, 0, 1, RawYamux.FIRST_WINDOW / 2);
            yamux.send(new byte[] {1});
        };
    }

    /// Asks for signs of life as fast as it can, and waits to be cut off for it.
    ///
    /// @param count some thousands, or the host bears it
    public static Attack pingFlood(int count) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            flood(yamux, count, i -> RawYamux.header(FrameKind.PING, RawYamux.SYN, 0, i));
            awaitEnd(yamux);
        };
    }

    /// Opens streams and resets them at once.
    public static Attack resetFlood(int count, String protocol) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            byte[] words = RawYamux.proposal(protocol);
            flood(
                    yamux,
                    count,
                    i -> {
                        var frames = new ByteArrayOutputStream();
                        frames.writeBytes(
                                RawYamux.header(
                                        FrameKind.DATA, RawYamux.SYN, odd(i), words.length));
                        frames.writeBytes(words);
                        frames.writeBytes(
                                RawYamux.header(FrameKind.WINDOW_UPDATE, RawYamux.RST, odd(i), 0));
                        return frames.toByteArray();
                    });
            yamux.settle();
        };
    }

    /// Grants all that can be granted, again and again.
    public static Attack creditFlood(int count, String protocol) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            yamux.open(1, protocol);
            flood(yamux, count, i -> RawYamux.header(FrameKind.WINDOW_UPDATE, 0, 1, -1));
            yamux.settle();
        };
    }

    /// Has streams echo as much as their windows let them, and never reads a byte: neither of a
    /// stream nor of the connection.
    ///
    /// @param protocol one that sends back what it gets
    public static Attack neverReads(int streams, String protocol) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            byte[] payload = new byte[RawYamux.FIRST_WINDOW / 4];
            for (int i = 0; i < streams; i++) {
                yamux.open(odd(i), protocol);
                yamux.send(RawYamux.header(FrameKind.WINDOW_UPDATE, 0, odd(i), 16 << 20));
            }
            // The first windows' worth goes without asking; no more is ever known to be granted.
            for (int part = 0; part < 3; part++)
                for (int i = 0; i < streams; i++) yamux.data(0, odd(i), payload);
        };
    }

    /// Opens a stream twice, with an id that is the host's to give, of a type that there isn't.
    public static Attack nonsense(RandomGenerator random) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            FrameKind[] types = FrameKind.values();
            var frames = new ByteArrayOutputStream();
            for (int i = 0; i < 64; i++)
                frames.writeBytes(
                        RawYamux.header(
                                types[random.nextInt(types.length)],
                                random.nextInt(16),
                                random.nextInt(8),
                                random.nextInt(4)));
            byte[] broken = RawYamux.header(FrameKind.PING, 0, 0, 0);
            broken[1] = 9;
            frames.writeBytes(broken);
            yamux.send(frames.toByteArray());
            awaitEnd(yamux);
        };
    }

    /// Says goodbye and goes on.
    public static Attack goesOnAfterGoodbye(String protocol) {
        return attacker -> {
            RawYamux yamux = attacker.yamux();
            yamux.send(FrameKind.GO_AWAY, 0, 0, 0);
            yamux.open(1, protocol);
            awaitEnd(yamux);
        };
    }

    /// Announces the largest frame of the cipher that there can be, and sends a byte of it.
    public static Attack giantCipherFrame() {
        return attacker -> {
            Wire wire = attacker.wire();
            new RawYamux(attacker.secured(wire)).settle();
            wire.say((byte) 0xff, (byte) 0xff, (byte) 1);
        };
    }

    /// Sends a frame of the cipher that somebody has changed.
    public static Attack forgedCipherFrame() {
        return attacker -> {
            Wire wire = attacker.wire();
            attacker.secured(wire);
            byte[] forged = new byte[2 + 64];
            forged[1] = 64;
            wire.say(forged);
            wire.awaitEnd();
        };
    }

    private interface Frames {
        byte[] frame(int number);
    }

    private static void flood(RawYamux yamux, int count, Frames frames) throws IOException {
        var batch = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            batch.writeBytes(frames.frame(i));
            if (i % BATCH != BATCH - 1 && i != count - 1) continue;
            yamux.send(batch.toByteArray());
            batch.reset();
        }
    }

    /// The id of the attacker's stream of a number.
    private static int odd(int number) {
        return 2 * number + 1;
    }

    /// Reads until the host has ended the connection, which it tells by an exception.
    private static void awaitEnd(RawYamux yamux) throws IOException {
        while (true) yamux.next();
    }
}
