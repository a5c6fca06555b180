package cairn.cli.exchange;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.daemon.Api;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.node.json.Json;
import java.util.List;

/// CIDs in an answer of a daemon, as a call wants them written.
final class Wanted {
    private Wanted() {}

    /// @param name of the list
    static List<String> texts(Json.Obj object, String name, Invocation call) {
        return Api.objects(object, name).stream()
                .map(link -> text(Api.text(link, "/"), call))
                .toList();
    }

    private static String text(String cid, Invocation call) {
        try {
            return call.globals().text(Cid.parse(cid));
        } catch (MalformedException e) {
            return Escapes.printable(cid);
        }
    }
}
