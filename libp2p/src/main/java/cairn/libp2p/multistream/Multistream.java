package cairn.libp2p.multistream;

import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import cairn.libp2p.wire.Duplex;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/// Agreement on the protocol that follows on a duplex. The initiator proposes names, best first,
/// and the responder says the first that it speaks back, or `na`. Nothing is read beyond the last
/// name: what follows belongs to the protocol.
///
/// Time is bounded by whoever has the duplex.
public final class Multistream {
    /// The most proposals that are answered: several times what any program has.
    static final int MAX_PROPOSALS = 64;

    private Multistream() {}

    /// Proposes protocols, until one is taken. The first goes out along with the header.
    ///
    /// @param offers best first; at least one
    /// @return the one that was taken
    /// @throws UnsupportedProtocolException when none was
    public static String select(Duplex duplex, List<String> offers) throws IOException {
        String first = offers.getFirst();
        Token.write(duplex, Token.HEADER, first);
        if (Token.accepts(Token.readFirstAnswer(duplex), first)) return first;
        for (String offer : offers.subList(1, offers.size())) {
            Token.write(duplex, offer);
            if (Token.accepts(Token.read(duplex, -1), offer)) return offer;
        }
        throw new UnsupportedProtocolException(offers);
    }

    /// Answers proposals, until one is taken. `ls` is refused as a protocol would be.
    ///
    /// @return the protocol that was taken
    /// @throws MalformedException when the other end proposes without end, or speaks otherwise
    public static String answer(Duplex duplex, Predicate<String> spoken) throws IOException {
        int first = Token.readHeader(duplex);
        // Most send a proposal along with the header: then the answers go in one write as well.
        boolean headerSent = first < 0;
        if (headerSent) Token.write(duplex, Token.HEADER);
        for (int i = 0; i < MAX_PROPOSALS; i++) {
            String proposal = Token.read(duplex, first);
            first = -1;
            boolean taken = spoken.test(proposal);
            String answer = taken ? proposal : Token.REFUSAL;
            byte[] bytes = headerSent ? Token.frame(answer) : Token.frame(Token.HEADER, answer);
            headerSent = true;
            try {
                duplex.write(bytes, 0, bytes.length);
            } catch (StreamResetException e) {
                // Who sent all that there is and reads no answer is still heard.
                if (!taken) throw e;
                return proposal;
            }
            if (taken) return proposal;
        }
        throw new MalformedException("more than " + MAX_PROPOSALS + " protocols were proposed");
    }

    /// A stream on which a protocol is taken for granted: the proposal goes out with the first
    /// bytes that are written, and the answer is looked at before the first that are read, or when
    /// the stream is closed. A round trip is saved; whoever writes must bear that the other end
    /// drops it all.
    ///
    /// Reading, and closing, fail with an [UnsupportedProtocolException] where the other end
    /// doesn't speak the protocol.
    public static MuxedStream lazy(MuxedStream stream, String protocol) {
        return new LazyStream(stream, protocol);
    }
}
