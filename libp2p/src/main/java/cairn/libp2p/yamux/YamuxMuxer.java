package cairn.libp2p.yamux;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.Muxer;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The muxer `/yamux/1.0.0`. One is enough for all connections; it has one thread, which looks
/// after those that are idle or stuck and never waits.
public final class YamuxMuxer implements Muxer {
    private final ScheduledExecutorService ticks;

    public YamuxMuxer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("yamux-ticks").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        ticks = timer;
    }

    @Override
    public String protocol() {
        return "/yamux/1.0.0";
    }

    @Override
    public MuxedConnection over(Duplex channel, Role role, MemoryBudget memory) {
        YamuxConnection connection = new YamuxConnection(channel, role, memory, System::nanoTime);
        long period = YamuxConnection.TICK.toNanos();
        connection.tickedBy(
                ticks.scheduleAtFixedRate(connection::tick, period, period, TimeUnit.NANOSECONDS));
        return connection;
    }
}
