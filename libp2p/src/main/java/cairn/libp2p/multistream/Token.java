package cairn.libp2p.multistream;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A token is one of the words that are exchanged: a message of UTF-8 that ends in a line feed,
/// which its length counts.
final class Token {
    /// The longest token, its line feed counted: that of go-libp2p.
    static final int MAX_BYTES = 1024;

    /// The first token of both ends: the protocol's own name.
    static final String HEADER = "/multistream/1.0.0";

    /// The answer to a protocol that isn't spoken.
    static final String REFUSAL = "na";

    private static final byte[] FRAMED_HEADER = frame(HEADER);

    private Token() {}

    /// Some tokens as they are sent.
    static byte[] frame(String... tokens) {
        var out = new ByteArrayOutputStream();
        for (String token : tokens) {
            byte[] line = (token + "\n").getBytes(StandardCharsets.UTF_8);
            if (line.length > MAX_BYTES || token.contains("\n"))
                throw new IllegalArgumentException("no name of a protocol: " + token);
            out.writeBytes(Messages.frame(line));
        }
        return out.toByteArray();
    }

    static void write(Duplex out, String... tokens) throws IOException {
        byte[] bytes = frame(tokens);
        out.write(bytes, 0, bytes.length);
    }

    /// Reads the header, and the first byte after it where that has arrived too: another token
    /// always follows, so nothing of what comes after the tokens is taken.
    ///
    /// @return that byte, or -1 where it isn't there yet
    static int readHeader(Duplex in) throws IOException {
        byte[] bytes = new byte[FRAMED_HEADER.length + 1];
        int got = 0;
        while (got < FRAMED_HEADER.length) {
            int n = in.read(bytes, got, bytes.length - got);
            if (n < 0) throw new EOFException("ended before the header of multistream-select");
            int same = Math.min(got + n, FRAMED_HEADER.length);
            if (!Arrays.equals(bytes, got, same, FRAMED_HEADER, got, same))
                throw new MalformedException(
                        "the other end doesn't speak multistream-select; on a private network, its"
                                + " swarm.key is another");
            got += n;
        }
        return got > FRAMED_HEADER.length ? Byte.toUnsignedInt(bytes[FRAMED_HEADER.length]) : -1;
    }

    /// Reads a token.
    ///
    /// @param first its first byte where that was read already, else -1
    static String read(Duplex in, int first) throws IOException {
        byte[] one = new byte[1];
        int low = first;
        if (low < 0) {
            Messages.readFully(in, one, 0, 1);
            low = Byte.toUnsignedInt(one[0]);
        }
        int length = low & 0x7f;
        if (low >= 0x80) { // two bytes say up to 16383: more is too long in any case
            Messages.readFully(in, one, 0, 1);
            if (one[0] == 0) throw new MalformedException("the length of a token is not minimal");
            if (one[0] < 0) throw new MalformedException("a token is longer than " + MAX_BYTES);
            length |= one[0] << 7;
        }
        if (length > MAX_BYTES)
            throw new MalformedException(
                    "a token has " + length + " bytes; at most " + MAX_BYTES + " are read");
        byte[] token = new byte[length];
        Messages.readFully(in, token, 0, length);
        if (length == 0 || token[length - 1] != '\n')
            throw new MalformedException("a token doesn't end in a line feed");
        return new String(token, 0, length - 1, StandardCharsets.UTF_8);
    }

    /// Reads the header and the answer to the first proposal.
    static String readFirstAnswer(Duplex in) throws IOException {
        return read(in, readHeader(in));
    }

    /// Whether the answer accepts a proposal.
    ///
    /// @throws MalformedException when it is neither yes nor no
    static boolean accepts(String answer, String proposal) throws MalformedException {
        if (answer.equals(proposal)) return true;
        if (answer.equals(REFUSAL)) return false;
        throw new MalformedException(
                "answered to " + proposal + " is " + quoted(answer) + ", which says neither");
    }

    /// A token of the other end, fit for a message.
    private static String quoted(String token) {
        int shown = Math.min(token.length(), 40);
        return "'" + token.substring(0, shown).replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
