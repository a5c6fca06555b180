package cairn.multiformats;

/// A CID as text: version 0 is bare base58btc, 46 characters that begin with `Qm`; version 1 is any
/// multibase. Source: multiformats/cid, "Decoding Algorithm".
final class CidText {
    private static final String V0_START = "Qm";
    private static final int V0_CHARACTERS = 46;

    private CidText() {}

    static Cid parse(String text) throws MalformedException {
        if (text.isEmpty()) throw new MalformedException("an empty text is no CID");
        if (text.length() > Cid.MAX_TEXT_CHARS)
            throw new MalformedException(
                    "a text of "
                            + text.length()
                            + " characters is no CID; the longest has "
                            + Cid.MAX_TEXT_CHARS);
        return text.charAt(0) == 'Q' ? parseV0(text) : parseV1(text);
    }

    private static Cid parseV0(String text) throws MalformedException {
        // The characters first: a wrong one explains more than a wrong length.
        byte[] bytes = Multibase.BASE58_BTC.decodeBare(text);
        if (text.length() != V0_CHARACTERS)
            throw new MalformedException(
                    "a CID that begins with "
                            + text.substring(0, Math.min(2, text.length()))
                            + " has "
                            + V0_CHARACTERS
                            + " characters; this one has "
                            + text.length());
        if (!text.startsWith(V0_START) || bytes.length != 34 || bytes[0] != 0x12 || bytes[1] != 32)
            throw new MalformedException(
                    "not a CID: it has the length of a CIDv0, but is no sha2-256 multihash");
        return Cid.v0(Multihash.of(bytes));
    }

    private static Cid parseV1(String text) throws MalformedException {
        if (text.startsWith("qm") && text.length() == V0_CHARACTERS)
            throw new MalformedException(
                    "character 'q' at position 1 names no base; CIDs that begin with Qm keep"
                            + " upper and lower case");
        byte[] bytes = Multibase.decode(text);
        if (bytes.length > 0 && bytes[0] == 0x12)
            throw new MalformedException(
                    "CIDv0 has no multibase prefix: leave the '"
                            + Character.toString(text.codePointAt(0))
                            + "' at position 1 away");
        return Cid.of(bytes);
    }

    static String print(Cid cid) {
        return cid.version() == 0
                ? Multibase.BASE58_BTC.encodeBare(cid.hash().sharedBytes())
                : Multibase.BASE32.encode(cid.bytes());
    }

    static String print(Cid cid, Multibase base) {
        if (cid.version() == 1) return base.encode(cid.bytes());
        if (base == Multibase.BASE58_BTC) return print(cid);
        throw new IllegalArgumentException("CIDv0 is always base58btc, not " + base);
    }
}
