package cairn.interop.blocks;

import cairn.interop.HostPlan;
import cairn.interop.RealPeers;
import cairn.interop.Workshop;
import java.io.IOException;
import java.nio.file.Path;

final class HeliaTradeTest extends TradeContract {
    @Override
    Trader start(HostPlan plan, Path home) throws IOException {
        return RealPeers.orLeaveOut(() -> TraderProcess.helia(Workshop.here(), plan));
    }
}
