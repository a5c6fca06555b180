package cairn.node.gateways;

import cairn.bitswap.client.Source;
import cairn.bitswap.client.SourceAnswers;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A gateway, for one session. What the session wants of it is in `jobs` until it is answered; one
/// thread at a time tells it.
final class GatewaySource implements Source {
    private final Gateway gateway;
    private final Map<Cid, BlockJob> jobs = new ConcurrentHashMap<>();

    GatewaySource(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return gateway.name();
    }

    @Override
    public void want(Cid cid, Kind kind, SourceAnswers to) {
        BlockJob before = jobs.get(cid);
        if (before != null && (before.kind() == kind || kind == Kind.HAVE)) return;
        if (before != null) gateway.withdraw(before);
        BlockJob job = new BlockJob(cid, kind, to, over -> jobs.remove(over.cid(), over));
        jobs.put(cid, job);
        gateway.submit(job);
    }

    /// Ends what costs something. A question that was sent has its answer: it says whether the
    /// server has what the session wants next.
    @Override
    public void cancel(Cid cid) {
        BlockJob job = jobs.get(cid);
        if (job == null || (job.kind() == Kind.HAVE && job.tries() > 0)) return;
        jobs.remove(cid, job);
        gateway.withdraw(job);
    }

    @Override
    public void banned(IOException why) {
        gateway.ban();
    }
}
