package cairn.libp2p.transport;

import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The inbound side of a test: takes all links, or none, and keeps what it was asked.
public final class Guests implements Inbound {
    public final List<Multiaddr> remotes = new CopyOnWriteArrayList<>();
    public final List<CountedAdmission> admissions = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
    private final boolean refusing;

    private Guests(boolean refusing) {
        this.refusing = refusing;
    }

    public static Guests welcome() {
        return new Guests(false);
    }

    public static Guests refused() {
        return new Guests(true);
    }

    @Override
    public Admission admit(Multiaddr local, Multiaddr remote) throws IOException {
        remotes.add(remote);
        if (refusing) throw new IOException("the house is full");
        CountedAdmission admission = new CountedAdmission();
        admissions.add(admission);
        return admission;
    }

    @Override
    public void accept(Link link, Admission admission) {
        links.add(link);
    }

    /// The next link, which must come within ten seconds.
    public Link next() throws InterruptedException {
        Link link = links.poll(10, TimeUnit.SECONDS);
        if (link == null) throw new AssertionError("no link came in");
        return link;
    }
}
