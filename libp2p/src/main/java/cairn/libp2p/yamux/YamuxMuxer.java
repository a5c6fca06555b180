package cairn.libp2p.yamux;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.Muxer;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The muxer `/yamux/1.0.0`. One is enough for all connections; while there are any it has one
/// thread, which looks after those that are idle or stuck and never waits.
public final class YamuxMuxer implements Muxer {
    /// For how many seconds the thread outlives the last connection.
    private static final long THREAD_OUTLIVES = 1;

    private final ScheduledExecutorService ticks;

    private final FrameArrays arrays = new FrameArrays();

    public YamuxMuxer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("yamux-ticks").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(THREAD_OUTLIVES, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        ticks = timer;
    }

    @Override
    public String protocol() {
        return "/yamux/1.0.0";
    }

    @Override
    public MuxedConnection over(Duplex channel, Role role, MemoryBudget memory) {
        YamuxConnection connection =
                new YamuxConnection(channel, role, memory, arrays, System::nanoTime);
        long period = YamuxConnection.TICK.toNanos();
        connection.tickedBy(
                ticks.scheduleAtFixedRate(connection::tick, period, period, TimeUnit.NANOSECONDS));
        return connection;
    }
}
