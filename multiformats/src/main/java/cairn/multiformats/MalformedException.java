package cairn.multiformats;

import java.io.IOException;

/// Input that is not what its format demands. The message says what is wrong and where.
public class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
