package cairn.rpc.server;

import java.io.IOException;
import java.io.InputStream;

/// The body of a request, for an endpoint that reads it.
///
/// @param type its media type with parameters, as the client says it; empty when it doesn't
/// @param in its bytes, as they come
public record Body(String type, InputStream in) {
    static final Body NONE = new Body("", InputStream.nullInputStream());

    /// A stream that tells once that another one has ended.
    static InputStream watched(InputStream in, Runnable ended) {
        return new InputStream() {
            private boolean told;

            @Override
            public int read() throws IOException {
                return told(in.read());
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return told(in.read(target, offset, length));
            }

            private int told(int result) {
                if (result < 0 && !told) {
                    told = true;
                    ended.run();
                }
                return result;
            }
        };
    }
}
