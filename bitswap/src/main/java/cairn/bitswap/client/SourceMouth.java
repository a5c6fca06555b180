package cairn.bitswap.client;

import cairn.bitswap.message.WantlistEntry;
import java.io.IOException;
import java.util.List;

/// Tells a source that is no peer.
final class SourceMouth implements Mouth {
    private final Source source;
    private final SourceAnswers answers;

    SourceMouth(Source source, SourceAnswers answers) {
        this.source = source;
        this.answers = answers;
    }

    @Override
    public void say(List<WantlistEntry> entries) {
        for (WantlistEntry entry : entries) {
            switch (entry) {
                case WantlistEntry.Want want -> source.want(want.cid(), want.kind(), answers);
                case WantlistEntry.Cancel cancel -> source.cancel(cancel.cid());
            }
        }
    }

    @Override
    public boolean mayTryAgain(IOException why) {
        return false;
    }

    @Override
    public boolean takesLastCancels() {
        return true;
    }

    @Override
    public void close() {
        // It holds nothing open.
    }

    @Override
    public String toString() {
        return source.name();
    }
}
