package cairn.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// The ASCII characters of a base, in the order of their values.
final class Alphabet {
    private final byte[] characters;
    private final byte[] values = new byte[128];

    private Alphabet(String characters) {
        this.characters = characters.getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(values, (byte) -1);
    }

    /// An alphabet in which case matters.
    static Alphabet exact(String characters) {
        var alphabet = new Alphabet(characters);
        alphabet.accept(characters);
        return alphabet;
    }

    /// An alphabet that is written as given and read in either case.
    static Alphabet anyCase(String characters) {
        var alphabet = new Alphabet(characters);
        alphabet.accept(characters.toLowerCase(Locale.ROOT));
        alphabet.accept(characters.toUpperCase(Locale.ROOT));
        return alphabet;
    }

    private void accept(String spelling) {
        for (int i = 0; i < spelling.length(); i++) values[spelling.charAt(i)] = (byte) i;
    }

    int size() {
        return characters.length;
    }

    byte character(int value) {
        return characters[value];
    }

    /// The value of a character; -1 when the alphabet lacks it.
    int value(char character) {
        return character < values.length ? values[character] : -1;
    }
}
