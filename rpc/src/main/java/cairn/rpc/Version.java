package cairn.rpc;

import cairn.node.CairnNode;
import cairn.node.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which program this is, in the shape of Kubo's `version`. Clients of Kubo look for a field that
/// names the version of Go; it is there, and empty.
final class Version {
    private Version() {}

    static Json of(DaemonOptions options) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Version", new Json.Str(options.version()));
        members.put("Commit", new Json.Str(options.commit()));
        members.put("Repo", new Json.Str(Integer.toString(CairnNode.REPO_VERSION)));
        members.put("System", text("os.arch", "os.name"));
        members.put("Golang", new Json.Str(""));
        members.put("Java", new Json.Str(System.getProperty("java.version")));
        return new Json.Obj(members);
    }

    private static Json text(String one, String other) {
        return new Json.Str(System.getProperty(one) + "/" + System.getProperty(other));
    }
}
