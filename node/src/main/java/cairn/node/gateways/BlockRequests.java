package cairn.node.gateways;

import cairn.bitswap.message.ByteAllowance;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.node.gateways.Requests.Opened;
import cairn.node.gateways.Requests.Question;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.OptionalLong;

/// Asks one server for blocks. Source: ipfs/specs, trustless gateway; a server that knows nothing
/// of it answers as well when it has a file of that name, as the bytes decide and not their type.
///
/// **Limit:** a body is read up to the size of the largest block, after memory for it was granted.
final class BlockRequests {
    private static final String RAW = "application/vnd.ipld.raw";

    private final SourceAddress server;
    private final Requests requests;
    private final ByteAllowance memory;
    private final ServerMeter meter;
    private final Patience patience;
    private volatile boolean multiplexed;

    /// @param memory what the blocks of this server may take while they come
    BlockRequests(
            SourceAddress server,
            Requests requests,
            ByteAllowance memory,
            ServerMeter meter,
            Patience patience) {
        this.server = server;
        this.requests = requests;
        this.memory = memory;
        this.meter = meter;
        this.patience = patience;
    }

    /// Whether the last answer came over a connection that takes many at once.
    boolean isMultiplexed() {
        return multiplexed;
    }

    /// Asks for a block, or whether it is there. A server that answers no such question is asked
    /// for the block.
    Answer ask(Cid cid, Kind kind) throws InterruptedException {
        try {
            Answer answer = kind == Kind.HAVE ? head(cid) : get(cid);
            return answer instanceof Answer.Unasked ? get(cid) : answer;
        } catch (UnusableAnswerException e) {
            return new Answer.Useless(e);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Answer.Broken(named(e, "no connection to " + server));
        } catch (HttpTimeoutException e) {
            patience.missed();
            return new Answer.Useless(named(e, server + " didn't answer in time"));
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) throw interrupted(e);
            return new Answer.Broken(e);
        }
    }

    private static InterruptedException interrupted(IOException why) {
        InterruptedException interrupted = new InterruptedException(why.getMessage());
        interrupted.initCause(why);
        return interrupted;
    }

    private static IOException named(IOException why, String message) {
        return new IOException(message, why);
    }

    private Answer head(Cid cid) throws IOException, InterruptedException {
        try (Opened opened = open(cid, "HEAD")) {
            return switch (opened.status()) {
                case 200, 204 -> new Answer.There();
                case 400, 405, 501 -> new Answer.Unasked();
                default -> Statuses.refusal(opened);
            };
        }
    }

    private Answer get(Cid cid) throws IOException, InterruptedException {
        Opened opened = open(cid, "GET");
        try (opened) {
            if (opened.status() == 200) return read(opened);
            Answer refusal = Statuses.refusal(opened);
            opened.drop();
            return refusal;
        }
    }

    private Opened open(Cid cid, String method) throws IOException, InterruptedException {
        Question question = new Question(server.uri(), server.block(cid), method, RAW);
        Opened opened = requests.ask(question, patience, meter);
        multiplexed = opened.multiplexed();
        return opened;
    }

    private Answer read(Opened opened) throws IOException {
        OptionalLong length = opened.headers().firstValueAsLong("Content-Length");
        boolean encoded = opened.headers().firstValue("Content-Encoding").isPresent();
        if (!encoded && length.isPresent() && length.getAsLong() > Block.MAX_BYTES) throw tooLong();
        int most =
                encoded || length.isEmpty() || length.getAsLong() < 0
                        ? Block.MAX_BYTES
                        : (int) length.getAsLong();
        ByteAllowance.Grant grant = memory.take(most);
        boolean kept = false;
        try {
            byte[] bytes = opened.body().readNBytes(Math.min(most, Block.MAX_BYTES) + 1);
            if (bytes.length > most) throw tooLong();
            grant.arrived();
            kept = true;
            return new Answer.Bytes(bytes, grant::close);
        } finally {
            if (!kept) grant.close();
        }
    }

    private static UnusableAnswerException tooLong() {
        return new UnusableAnswerException(
                "an answer of more than " + Block.MAX_BYTES + " bytes, which no block has");
    }
}
