package cairn.dag;

import cairn.multiformats.Cid;

/// A block that a DAG needs and that its source doesn't have.
public final class MissingBlockException extends DagException {
    private static final long serialVersionUID = 1L;

    private final transient Cid cid;

    public MissingBlockException(Cid cid) {
        super("the block " + cid + " is not there");
        this.cid = cid;
    }

    /// The block's name.
    public Cid cid() {
        return cid;
    }
}
