package cairn.rpc.network;

import cairn.node.json.Json;
import java.io.IOException;

/// Where what is changed while a node runs is kept for its next start.
@FunctionalInterface
public interface Settings {
    /// Keeps the value of a setting.
    void put(String key, Json value) throws IOException;
}
