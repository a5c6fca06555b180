package cairn.interop;

import cairn.multiformats.peer.KeyType;
import java.io.IOException;
import java.util.List;

final class CairnToJsTest extends PairContract {
    @Override
    Implementation startDialler() throws IOException {
        return Workshop.here().cairn();
    }

    @Override
    Implementation startListener() throws IOException {
        return RealPeers.js();
    }

    @Override
    List<Carrier> carriersOfBoth() {
        return CairnSpeaks.CARRIERS;
    }

    @Override
    List<String> securitiesOfBoth() {
        return CairnSpeaks.SECURITIES;
    }

    @Override
    List<KeyType> keys() {
        return KeysOf.JS;
    }
}
