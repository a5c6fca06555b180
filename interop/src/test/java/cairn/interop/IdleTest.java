package cairn.interop;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Connections on which nothing is said. It waits while other classes run.
@Execution(ExecutionMode.CONCURRENT)
final class IdleTest {
    private static final Duration IDLE = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private record Idle(PeerHost dialler, PeerHost listener) {}

    @Test
    void a_connection_that_is_idle_for_three_minutes_still_works() throws IOException {
        try (Implementation cairn = Workshop.here().cairn();
                Implementation go = RealPeers.go();
                Implementation js = RealPeers.js()) {
            List<Idle> all = new ArrayList<>();
            for (Carrier carrier : CairnSpeaks.CARRIERS)
                for (Implementation other : List.of(go, js)) {
                    all.add(connect(cairn, other, carrier));
                    all.add(connect(other, cairn, carrier));
                }
            await().during(IDLE)
                    .atMost(IDLE.multipliedBy(2))
                    .pollInterval(LOOK_AGAIN)
                    .until(() -> connected(all));
            for (Idle pair : all) pair.dialler.echo(pair.listener.peerId(), 1_000_000);
            for (Idle pair : all) pair.listener.echo(pair.dialler.peerId(), 1_000_000);
        }
    }

    private static Idle connect(Implementation dialling, Implementation listening, Carrier carrier)
            throws IOException {
        HostPlan plan = HostPlan.dialler().secured("noise");
        PeerHost listener = listening.make(plan.listening(carrier));
        PeerHost dialler = dialling.make(plan);
        dialler.dial(carrier.among(listener.addresses()));
        dialler.identify(listener.peerId(), Optional.empty());
        return new Idle(dialler, listener);
    }

    private static boolean connected(List<Idle> all) throws IOException {
        for (Idle pair : all)
            if (!pair.dialler.peers().contains(pair.listener.peerId())
                    || !pair.listener.peers().contains(pair.dialler.peerId())) return false;
        return true;
    }
}
