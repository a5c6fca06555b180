package cairn.interop;

import cairn.node.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process host is a host of a [PeerProcess], which is named in its commands by a number.
final class ProcessHost implements PeerHost {
    private final PeerProcess process;
    private final Json.Obj self;
    private final String peerId;
    private final List<String> addresses;

    ProcessHost(PeerProcess process, Answer made) {
        this.process = process;
        this.self = new Json.Obj(Map.of("host", Json.Num.of((long) made.number("host"))));
        this.peerId = made.text("peer").orElseThrow();
        this.addresses = made.texts("addrs");
    }

    @Override
    public String peerId() {
        return peerId;
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    @Override
    public Dialled dial(String address) throws IOException {
        Answer answer = process.ask("dial", at(address));
        return new Dialled(
                answer.text("peer").orElse(""),
                answer.text("security").orElse(""),
                answer.text("muxer").orElse(""),
                answer.millis("millis"));
    }

    @Override
    public void hangUp(String peer) throws IOException {
        process.ask("hang-up", to(peer));
    }

    @Override
    public List<String> peers() throws IOException {
        return process.ask("peers", self).texts("peers");
    }

    @Override
    public Identified identify(String peer, Optional<String> protocol) throws IOException {
        Json.Obj question = to(peer);
        if (protocol.isPresent())
            question = question.with("protocol", new Json.Str(protocol.get()));
        Answer answer = process.ask("identify", question);
        return new Identified(
                answer.text("agent").orElse(""),
                answer.texts("protocols"),
                answer.texts("addrs"),
                answer.text("observed"),
                answer.texts("record"));
    }

    @Override
    public void speak(String protocol) throws IOException {
        process.ask("handle", self.with("protocol", new Json.Str(protocol)));
    }

    @Override
    public List<Double> ping(String peer, int count) throws IOException {
        return process.ask("ping", to(peer).with("count", Json.Num.of(count))).numbers("millis");
    }

    @Override
    public Duration echo(String peer, long bytes) throws IOException {
        return process.ask("echo", to(peer).with("bytes", Json.Num.of(bytes))).millis("millis");
    }

    @Override
    public Perf perf(String peer, long up, long down) throws IOException {
        Answer answer =
                process.ask(
                        "perf",
                        to(peer).with("up", Json.Num.of(up)).with("down", Json.Num.of(down)));
        return new Perf(answer.millis("upMillis"), answer.millis("downMillis"));
    }

    @Override
    public void greet(String peer, long bytes) throws IOException {
        process.ask("greet", to(peer).with("bytes", Json.Num.of(bytes)));
    }

    @Override
    public void beReset(String peer) throws IOException {
        process.ask("be-reset", to(peer));
    }

    @Override
    public void reset(String peer) throws IOException {
        process.ask("reset", to(peer));
    }

    @Override
    public Duration kill(String peer) throws IOException {
        return process.ask("kill", to(peer)).millis("millis");
    }

    @Override
    public Duration streams(String peer, int count, int atOnce, long bytes) throws IOException {
        Json.Obj question =
                to(peer).with("count", Json.Num.of(count))
                        .with("atOnce", Json.Num.of(atOnce))
                        .with("bytes", Json.Num.of(bytes));
        return process.ask("streams", question).millis("millis");
    }

    @Override
    public void hold(String peer, int count) throws IOException {
        process.ask("hold", to(peer).with("count", Json.Num.of(count)));
    }

    @Override
    public Duration handshakes(String address, int count, int atOnce) throws IOException {
        Json.Obj question =
                at(address).with("count", Json.Num.of(count)).with("atOnce", Json.Num.of(atOnce));
        return process.ask("handshakes", question).millis("millis");
    }

    @Override
    public Duration connections(String address, int count) throws IOException {
        return process.ask("connections", at(address).with("count", Json.Num.of(count)))
                .millis("millis");
    }

    @Override
    public void close() throws IOException {
        process.ask("close", self);
    }

    private Json.Obj to(String peer) {
        return self.with("peer", new Json.Str(peer));
    }

    private Json.Obj at(String address) {
        return self.with("addr", new Json.Str(address));
    }
}
