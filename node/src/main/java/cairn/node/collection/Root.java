package cairn.node.collection;

import cairn.blockstore.Pin;
import cairn.multiformats.Cid;

/// A block that a collection keeps.
///
/// @param below whether all below it is kept too
/// @param origin what it is the root of, for a message: `the pin "photos"`
public record Root(Cid cid, boolean below, String origin) {
    /// The root that a pin is.
    public static Root of(Pin pin) {
        return new Root(
                pin.cid(),
                pin.mode() == Pin.Mode.RECURSIVE,
                pin.name().isEmpty() ? "a pin" : "the pin \"" + pin.name() + "\"");
    }
}
