package cairn.node.pins;

import cairn.blockstore.Pin;
import cairn.multiformats.Cid;
import java.io.IOException;

/// What [Pinner#verify] tells, pin by pin.
public interface PinCheckListener {
    /// So many blocks were read or looked up by now, a leaf as often as something links to it.
    default void checked(long blocks) throws IOException {}

    /// All that a pin keeps is here.
    void whole(Pin pin) throws IOException;

    /// A block that a pin keeps is missing, damaged or can't be read. Told as it is found, once for
    /// each pin or more often.
    void bad(Pin pin, Cid cid, IOException reason) throws IOException;

    /// A pin has no more bad blocks than those that were told of it. None were where it shares what
    /// is bad with too many pins before it.
    void broken(Pin pin) throws IOException;
}
