package cairn.testkit.hostile;

import java.io.IOException;

/// An attack is something that no honest peer does. It returns once the worst is done; what it
/// leaves open, such as connections and threads, the attacker holds until it leaves.
@FunctionalInterface
public interface Attack {
    /// Does it.
    ///
    /// @throws IOException when the host cuts the attacker off, as it may
    void perform(Attacker attacker) throws IOException;
}
