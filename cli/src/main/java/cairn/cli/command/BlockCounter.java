package cairn.cli.command;

import cairn.cli.console.Invocation;
import cairn.dag.walk.DagWalk;
import cairn.multiformats.Cid;

/// Counts blocks as a walk finds them, and shows the count where `--progress` asks for it.
final class BlockCounter implements DagWalk.Visitor {
    private static final int STEP = 1000;

    private final Invocation call;
    private final boolean shown;
    private long count;

    BlockCounter(Invocation call) {
        this.call = call;
        shown = call.flag("--progress");
    }

    @Override
    public boolean visit(Cid cid) {
        count++;
        if (shown && count % STEP == 0) call.messages().progress("found " + count + " blocks");
        return true;
    }
}
