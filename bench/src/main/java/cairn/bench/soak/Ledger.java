package cairn.bench.soak;

import cairn.blockstore.Pin;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The ledger of a soak: what its processes said of each item's pin before they did it, and after
/// it was done. Guarded by `this`.
final class Ledger {
    /// @param tried what was said to be tried, until it is said to be done; null for nothing
    /// @param version grows with every change
    record Entry(PinState known, PinState tried, int version) {
        private static final Entry NEW = new Entry(PinState.NONE, null, 0);

        /// Whether a pin is acknowledged and stays so, as far as is known.
        boolean isSettled() {
            return tried == null && known.isPinned();
        }

        private boolean allows(PinState found) {
            return found.equals(known) || found.equals(tried);
        }
    }

    private final Map<Integer, Entry> entries = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void tries(int item, PinState state) {
        Entry entry = entry(item);
        entries.put(item, new Entry(entry.known, state, entry.version + 1));
    }

    synchronized void did(int item) {
        Entry entry = entry(item);
        entries.put(item, new Entry(entry.tried, null, entry.version + 1));
    }

    /// What was tried failed, as it may, and changed nothing.
    synchronized void didNot(int item) {
        Entry entry = entry(item);
        entries.put(item, new Entry(entry.known, null, entry.version + 1));
    }

    synchronized void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    synchronized Map<Integer, Entry> entries() {
        return new TreeMap<>(entries);
    }

    private Entry entry(int item) {
        return entries.getOrDefault(item, Entry.NEW);
    }

    /// Holds the pins of a store, which nobody changes now, against what was said. What was tried
    /// and not said to be done is known from then on.
    ///
    /// @param pins by their items
    synchronized void settle(Map<Integer, Pin> pins) throws FindingException {
        Map<Integer, Entry> settled = new HashMap<>(entries);
        for (int item : pins.keySet()) settled.putIfAbsent(item, Entry.NEW);
        for (Map.Entry<Integer, Entry> one : settled.entrySet()) {
            Pin pin = pins.get(one.getKey());
            PinState found = pin == null ? PinState.NONE : PinState.of(pin);
            if (!one.getValue().allows(found))
                throw new FindingException(
                        "the pin of item " + one.getKey() + " is " + found + ": " + one.getValue());
            one.setValue(new Entry(found, null, one.getValue().version + 1));
        }
        entries.clear();
        entries.putAll(settled);
    }
}
