package cairn.interop;

import cairn.multiformats.peer.KeyType;
import java.io.IOException;
import java.util.List;

final class GoToJsTest extends PairContract {
    @Override
    Implementation startDialler() throws IOException {
        return RealPeers.go();
    }

    @Override
    Implementation startListener() throws IOException {
        return RealPeers.js();
    }

    @Override
    List<KeyType> keys() {
        return KeysOf.JS;
    }
}
