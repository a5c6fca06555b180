package cairn.dag.exporter;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;

/// A path that names a link which isn't there.
public final class NoSuchLinkException extends DagException {
    private static final long serialVersionUID = 1L;

    /// @param why what else is to be said, from the colon on; may be empty
    public NoSuchLinkException(LinkName name, Cid under, DagPath path, String why) {
        super("no link named " + name.quoted() + " under " + under + why + within(under, path));
    }

    private static String within(Cid under, DagPath path) {
        return under.equals(path.root()) ? "" : " (in " + path + ")";
    }
}
