package cairn.interop;

import java.io.IOException;

/// The peer that others are held against, with itself.
final class GoToGoTest extends PairContract {
    @Override
    Implementation startDialler() throws IOException {
        return RealPeers.go();
    }

    @Override
    Implementation startListener() throws IOException {
        return RealPeers.go();
    }
}
