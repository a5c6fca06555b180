package cairn.node.keys;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multibase;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The name of a key in the keystore, unlike `self`, which is the node's own. Its file is `key_`
/// and the name in base32, as in Kubo's keystore.
///
/// **Limits:** 1 to 128 bytes of UTF-8, so that a file can have the name; nothing that a terminal
/// wouldn't show, no blanks around it, no slash, and no hyphen in front, which would make it an
/// option; neither `.` nor `..`.
public record KeyName(String text) implements Comparable<KeyName> {
    /// What the node's own key is called.
    public static final String SELF = "self";

    /// The most bytes: in base32, with what is around, still a file's name.
    public static final int MAX_BYTES = 128;

    private static final String FILE_PREFIX = "key_";

    /// @throws IllegalArgumentException when no key may have it
    public KeyName {
        fault(text)
                .ifPresent(
                        fault -> {
                            throw new IllegalArgumentException(fault);
                        });
    }

    /// The name that somebody typed.
    ///
    /// @throws KeyException when no key may have it
    public static KeyName of(String text) throws KeyException {
        Optional<String> fault = fault(text);
        if (fault.isPresent()) throw new KeyException(fault.get());
        return new KeyName(text);
    }

    private static Optional<String> fault(String text) {
        if (text.isEmpty()) return Optional.of("key name must be at least one character");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text))
            return Optional.of("key name isn't UTF-8");
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_BYTES)
            return Optional.of(
                    "key name has at most " + MAX_BYTES + " bytes; this one has " + size);
        if (text.equals(SELF))
            return Optional.of("the name 'self' is that of the node's own key alone");
        if (text.equals(".") || text.equals(".."))
            return Optional.of("the name '" + text + "' is that of a folder in every path");
        if (text.startsWith("-") || !text.strip().equals(text) || !isPlain(text))
            return Optional.of(
                    "key name has no slash, no control character, no blank at its ends and no"
                            + " hyphen in front");
        return Optional.empty();
    }

    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(
                        c ->
                                c == '/'
                                        || c == '\\'
                                        || switch (Character.getType(c)) {
                                            case Character.CONTROL,
                                                    Character.FORMAT,
                                                    Character.LINE_SEPARATOR,
                                                    Character.PARAGRAPH_SEPARATOR,
                                                    Character.PRIVATE_USE,
                                                    Character.SURROGATE,
                                                    Character.UNASSIGNED ->
                                                    true;
                                            default -> false;
                                        });
    }

    /// The name that a file in the keystore stands for; empty when it isn't a key's.
    static Optional<KeyName> ofFile(String file) {
        if (!file.startsWith(FILE_PREFIX)) return Optional.empty();
        try {
            byte[] bytes = Multibase.BASE32.decodeBare(file.substring(FILE_PREFIX.length()));
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (fault(text).isPresent()) return Optional.empty();
            KeyName name = new KeyName(text);
            return name.file().equals(file) ? Optional.of(name) : Optional.empty();
        } catch (MalformedException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// The name of its file.
    String file() {
        return FILE_PREFIX + Multibase.BASE32.encodeBare(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(KeyName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
