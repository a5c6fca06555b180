package cairn.bitswap.session;

import cairn.multiformats.Cid;
import java.io.IOException;
import java.time.Duration;

/// No source was found that has a block, in the time that was given for it.
public final class BlockNotFoundException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What was asked, and answered.
    ///
    /// @param asked how many peers and other sources
    /// @param dontHave how many answered that they don't have it
    /// @param broken how many said that they have it, and didn't send it
    /// @param silent how many didn't answer
    /// @param providers how many were found by looking for providers, for the session as a whole
    /// @param time for how long
    public record Search(
            int asked, int dontHave, int broken, int silent, int providers, Duration time) {}

    private final transient Cid cid;
    private final transient Search search;

    BlockNotFoundException(Cid cid, Search search) {
        super(message(cid, search));
        this.cid = cid;
        this.search = search;
    }

    private static String message(Cid cid, Search search) {
        String time = " for " + Math.max(1, search.time.toSeconds()) + " s";
        String providers = "; providers found: " + search.providers;
        if (search.asked == 0)
            return cid + " was not found: nobody to ask was connected" + time + providers;
        return "%s was not found: asked %d %s%s (%d without it, %d promised it and sent nothing, %d silent)%s"
                .formatted(
                        cid,
                        search.asked,
                        search.asked == 1 ? "peer" : "peers",
                        time,
                        search.dontHave,
                        search.broken,
                        search.silent,
                        providers);
    }

    public Cid cid() {
        return cid;
    }

    public Search search() {
        return search;
    }
}
