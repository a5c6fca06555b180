package cairn.libp2p.limits;

import cairn.multiformats.multiaddr.Multiaddr;

/// A heap weight is about how many bytes of heap a value takes that a peer has sent and that is
/// kept, its place in a collection included. What objects cost beside their bytes is most of it:
/// three characters take sixty bytes. Rather too much than too little, for a JVM with compressed
/// pointers.
public final class HeapWeight {
    /// The address, its list and array, and its entry in a map with what is known of it.
    private static final int ADDRESS = 144;

    /// A component, the header of its array, and the place in the list.
    private static final int COMPONENT = 44;

    /// The text, the header of its array, and its two places in a set.
    private static final int TEXT = 56;

    /// Texts beyond Latin-1 take two bytes a character.
    private static final int CHARACTER = 2;

    private HeapWeight() {}

    /// The weight of an address.
    public static long of(Multiaddr address) {
        int components = address.components().size();
        return ADDRESS + (long) COMPONENT * components + address.bytes().length;
    }

    /// The weight of a text.
    public static long of(String text) {
        return TEXT + (long) CHARACTER * text.length();
    }

    /// The weight of addresses.
    public static long ofAddresses(Iterable<Multiaddr> addresses) {
        long weight = 0;
        for (Multiaddr address : addresses) weight += of(address);
        return weight;
    }

    /// The weight of texts.
    public static long ofTexts(Iterable<String> texts) {
        long weight = 0;
        for (String text : texts) weight += of(text);
        return weight;
    }
}
