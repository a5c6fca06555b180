package cairn.dag;

import cairn.multiformats.Cid;
import java.io.Closeable;
import java.io.IOException;

/// A source that gets the blocks which aren't here from elsewhere, and keeps them: a block that it
/// gave is stored soon, and when [#flush] returns.
public interface FetchingSource extends BlockSource, Closeable {
    /// Tells that all below a block will be read, in the order of links: what isn't here is asked
    /// for before it is needed. Returns at once.
    void expect(Cid root);

    /// What was asked, and what came.
    FetchStat fetched();

    /// Waits until all that was got is durable.
    void flush() throws IOException;

    /// Asks nobody any more; what was got is made durable.
    @Override
    void close() throws IOException;
}
