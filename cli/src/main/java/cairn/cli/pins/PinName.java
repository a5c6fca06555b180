package cairn.cli.pins;

import cairn.blockstore.Pin;
import cairn.cli.console.UsageException;
import cairn.node.text.RawText;

/// The names that pins may have.
public final class PinName {
    private PinName() {}

    /// @throws UsageException when a name that was typed is too long for a pin
    public static String checked(String name) throws UsageException {
        int bytes = RawText.encode(name).length;
        if (bytes > Pin.MAX_NAME_BYTES)
            throw new UsageException(
                    "a pin's name has at most "
                            + Pin.MAX_NAME_BYTES
                            + " bytes; this one has "
                            + bytes);
        return name;
    }
}
