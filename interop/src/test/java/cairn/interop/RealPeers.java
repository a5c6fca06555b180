package cairn.interop;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;

/// Whether real peers can be had. Where Go or Node is missing their tests are left out, with a
/// word; `CAIRN_INTEROP=required` makes that a failure.
public final class RealPeers {
    private RealPeers() {}

    static PeerProcess go() throws IOException {
        return orLeaveOut(() -> Workshop.here().go());
    }

    static PeerProcess js() throws IOException {
        return orLeaveOut(() -> Workshop.here().js());
    }

    public static <T> T orLeaveOut(Source<T> source) throws IOException {
        try {
            return source.get();
        } catch (MissingToolException e) {
            if ("required".equals(System.getenv("CAIRN_INTEROP")))
                return fail("CAIRN_INTEROP=required, but " + e.getMessage());
            return abort("no real peer here: " + e.getMessage());
        }
    }

    public interface Source<T> {
        T get() throws IOException;
    }
}
