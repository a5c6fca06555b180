package cairn.bench.soak;

import cairn.blockstore.Pin;

/// What is known, or tried, of an item's pin.
///
/// @param mode null where there is no pin
/// @param name of the pin: [#name]
record PinState(Pin.Mode mode, String name) {
    static final PinState NONE = new PinState(null, "-");

    static PinState of(Pin pin) {
        return new PinState(pin.mode(), pin.name());
    }

    /// The name of an item's pin, of which [#number] is the reverse.
    static String name(int number, int revision) {
        return number + "." + revision;
    }

    /// The item whose pin has a name.
    static int number(String name) {
        return Integer.parseInt(name.substring(0, name.indexOf('.')));
    }

    boolean isPinned() {
        return mode != null;
    }

    /// As one word of a line.
    String word() {
        return isPinned() ? mode + ":" + name : "NONE:-";
    }

    static PinState parse(String word) {
        int colon = word.indexOf(':');
        String mode = word.substring(0, colon);
        return mode.equals("NONE")
                ? NONE
                : new PinState(Pin.Mode.valueOf(mode), word.substring(colon + 1));
    }
}
