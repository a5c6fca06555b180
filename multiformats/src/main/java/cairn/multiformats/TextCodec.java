package cairn.multiformats;

/// A text codec turns bytes into the characters of one base and back, without the base's prefix.
///
/// Decoders are strict: of all texts that could mean some bytes, only the one that the encoder
/// writes is accepted, upper and lower case aside where a base says so. Positions in messages are
/// 1-based and count the characters (code points) of the whole text, prefix included.
sealed interface TextCodec permits BitCodec, RadixCodec, EmojiCodec, Latin1Codec {
    /// Encodes behind a prefix.
    String encode(String prefix, byte[] bytes);

    /// Decodes what stands behind a prefix.
    ///
    /// @param from where the text behind the prefix begins, as an index into the string
    /// @param base for messages
    byte[] decode(String text, int from, Multibase base) throws MalformedException;

    /// The error for a character that a base doesn't have.
    ///
    /// @param index of the character in the string, which is counted as code points
    static MalformedException unexpected(String text, int index, Multibase base) {
        int character = text.codePointAt(index);
        return new MalformedException(
                "character "
                        + quoted(character)
                        + " at position "
                        + (text.codePointCount(0, index) + 1)
                        + " is not of "
                        + base
                        + base.hint(character));
    }

    /// A character for a message: as it is where it can be seen, else as its number.
    static String quoted(int character) {
        boolean visible =
                switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    default -> true;
                };
        return visible
                ? "'" + Character.toString(character) + "'"
                : String.format("U+%04X", character);
    }
}
