package cairn.interop;

import java.io.IOException;
import java.util.List;

final class GoToCairnTest extends PairContract {
    @Override
    Implementation startDialler() throws IOException {
        return RealPeers.go();
    }

    @Override
    Implementation startListener() throws IOException {
        return Workshop.here().cairn();
    }

    @Override
    List<Carrier> carriersOfBoth() {
        return CairnSpeaks.CARRIERS;
    }

    @Override
    List<String> securitiesOfBoth() {
        return CairnSpeaks.SECURITIES;
    }
}
