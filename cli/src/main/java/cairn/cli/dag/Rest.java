package cairn.cli.dag;

import cairn.cli.console.Escapes;
import cairn.dag.LinkName;
import cairn.dag.codec.Resolution;
import cairn.node.text.RawText;

/// The part of a path that leads into a node: `/a/0`, or nothing.
final class Rest {
    private Rest() {}

    static String raw(Resolution resolution) {
        StringBuilder out = new StringBuilder();
        for (LinkName name : resolution.rest())
            out.append('/').append(RawText.decode(name.bytes()));
        return out.toString();
    }

    /// With what can't be printed escaped.
    static String printable(Resolution resolution) {
        return Escapes.printable(raw(resolution));
    }
}
