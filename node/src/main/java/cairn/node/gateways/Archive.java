package cairn.node.gateways;

import cairn.dag.car.CarReader;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.node.gateways.Requests.Opened;
import cairn.node.gateways.Requests.Question;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// An archive of blocks (CAR) at a URL, as all sessions know it: its roots, once one has read them,
/// and whether it lied. State is guarded by `this`.
final class Archive {
    private static final String CAR = "application/vnd.ipld.car";

    private final SourceAddress address;
    private final Requests requests;
    private final ServerMeter meter;
    private final Patience patience;
    private final Hashes hashes;
    private final Reads reads;
    private Optional<List<Cid>> roots = Optional.empty();
    private boolean banned;
    private long blocks;
    private long bytes;
    private long passedOver;

    /// @param reads permits to read archives
    Archive(
            SourceAddress address,
            Requests requests,
            ServerMeter meter,
            Patience patience,
            Hashes hashes,
            Reads reads) {
        this.address = address;
        this.requests = requests;
        this.meter = meter;
        this.patience = patience;
        this.hashes = hashes;
        this.reads = reads;
    }

    String name() {
        return address.toString();
    }

    Hashes hashes() {
        return hashes;
    }

    Reads reads() {
        return reads;
    }

    /// Begins to read it.
    ///
    /// @return the answer's body, closed by the caller
    InputStream open() throws IOException, InterruptedException {
        URI uri = address.uri();
        Opened opened = requests.ask(new Question(uri, uri, "GET", CAR), patience, meter);
        if (opened.status() == 200) return opened.body();
        opened.drop();
        throw new UnusableAnswerException(name() + " answered with status " + opened.status());
    }

    /// Notes the roots of the archive that is there now.
    synchronized void learn(CarReader reader) {
        roots = Optional.of(reader.roots());
    }

    /// The roots; empty while nobody has read them.
    synchronized Optional<List<Cid>> roots() {
        return roots;
    }

    synchronized void ban() {
        banned = true;
    }

    synchronized boolean isBanned() {
        return banned;
    }

    synchronized void gave(int size) {
        blocks++;
        bytes += size;
    }

    synchronized void passedOver(int size) {
        passedOver += size;
    }

    synchronized SourceStat stat() {
        return new SourceStat(name(), blocks, bytes, passedOver, banned);
    }
}
