package cairn.cli.command;

import cairn.blockstore.Pin;
import cairn.cli.console.RawText;
import cairn.cli.console.UsageException;

/// The names of pins, as they are typed.
final class PinNames {
    private PinNames() {}

    static String check(String name) throws UsageException {
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
