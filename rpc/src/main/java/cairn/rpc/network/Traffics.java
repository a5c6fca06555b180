package cairn.rpc.network;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.bandwidth.Traffic;
import cairn.multiformats.peer.PeerId;
import cairn.node.json.Json;
import cairn.node.repo.Amount;
import cairn.rpc.server.GoDuration;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import cairn.rpc.server.RequestException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/// Bytes that passed, and the rates that they are held to: `stats/bw` and `limits`. The second is
/// Cairn's own; without options it shows the rates, with them it sets those that are named, until
/// the node ends.
final class Traffics {
    /// More often, the lines themselves would be what passes.
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(50);

    private static final Traffic NONE = new Traffic(0, 0, 0, 0);

    private final Bandwidth bandwidth;

    Traffics(Bandwidth bandwidth) {
        this.bandwidth = bandwidth;
    }

    void show(Request request, Reply reply) throws IOException {
        Optional<String> peer = request.text("peer").filter(text -> !text.isEmpty());
        Optional<String> protocol = request.text("proto").filter(text -> !text.isEmpty());
        if (peer.isPresent() && protocol.isPresent())
            throw new RequestException("give either a peer or a protocol, not both");
        Optional<PeerId> one = Optional.empty();
        if (peer.isPresent()) one = Optional.of(Words.peer(peer.get()).peer());
        Duration interval = interval(request);
        if (!request.flag("poll")) {
            reply.value(now(one, protocol));
            return;
        }
        while (true) {
            reply.line(now(one, protocol));
            pause(interval);
        }
    }

    private static Duration interval(Request request) throws IOException {
        String text = request.text("interval").orElse("1s");
        return GoDuration.parse(text)
                .filter(time -> time.compareTo(SHORTEST_INTERVAL) >= 0)
                .orElseThrow(
                        () ->
                                new WrongArgumentException(
                                        "option \"interval\" takes a time such as 1s, of "
                                                + GoDuration.text(SHORTEST_INTERVAL)
                                                + " or more, not "
                                                + Request.brief(text)));
    }

    private static void pause(Duration interval) throws InterruptedIOException {
        try {
            Thread.sleep(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two lines");
        }
    }

    private Json now(Optional<PeerId> peer, Optional<String> protocol) {
        Traffic traffic = bandwidth.traffic();
        if (peer.isPresent()) traffic = bandwidth.traffic(peer.get()).orElse(NONE);
        if (protocol.isPresent()) traffic = bandwidth.traffic(protocol.get()).orElse(NONE);
        return new Fields()
                .number("TotalIn", traffic.received())
                .number("TotalOut", traffic.sent())
                .put("RateIn", rate(traffic.receiveRate()))
                .put("RateOut", rate(traffic.sendRate()))
                .object();
    }

    private static Json rate(double perSecond) {
        BigDecimal value = BigDecimal.valueOf(perSecond).setScale(3, RoundingMode.HALF_UP);
        return new Json.Num(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }

    void limits(Request request, Reply reply) throws IOException {
        Rates now = bandwidth.rates();
        Rates next =
                new Rates(
                        bytes(request, "upload", now.upload()),
                        bytes(request, "download", now.download()),
                        bytes(request, "peer-upload", now.peerUpload()),
                        bytes(request, "peer-download", now.peerDownload()),
                        request.text("local").isPresent() ? request.flag("local") : now.local());
        if (!next.equals(now)) bandwidth.change(next);
        reply.value(
                new Fields()
                        .number("Upload", next.upload())
                        .number("Download", next.download())
                        .number("PeerUpload", next.peerUpload())
                        .number("PeerDownload", next.peerDownload())
                        .truth("Local", next.local())
                        .object());
    }

    private static long bytes(Request request, String name, long now) throws RequestException {
        Optional<String> text = request.text(name);
        if (text.isEmpty()) return now;
        if (Amount.bytes(text.get()) instanceof Amount.Of(long bytes)) return bytes;
        throw new RequestException(
                "option \""
                        + name
                        + "\" takes bytes a second such as 2MB or 500KiB, or 0 for no limit, not "
                        + Request.brief(text.get()));
    }
}
