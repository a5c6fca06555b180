package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// Reads a multiaddr's text: components behind slashes, a value behind each protocol that has one.
/// Slashes at the end are passed over.
final class MultiaddrText {
    private final String text;
    private int at;

    private MultiaddrText(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') end--;
        this.text = text.substring(0, end);
    }

    static Multiaddr parse(String text) throws MalformedException {
        if (text.length() > Multiaddr.MAX_TEXT_CHARS)
            throw new MalformedException("multiaddr of " + text.length() + " characters");
        if (!text.startsWith("/"))
            throw new MalformedException("multiaddr doesn't begin with a slash: " + text);
        return new MultiaddrText(text).all();
    }

    private Multiaddr all() throws MalformedException {
        List<Component> components = new ArrayList<>();
        while (at < text.length()) {
            if (components.size() == Multiaddr.MAX_COMPONENTS)
                throw new MalformedException(
                        "multiaddr of more than " + Multiaddr.MAX_COMPONENTS + " components");
            components.add(component());
        }
        if (components.isEmpty()) throw new MalformedException("multiaddr is empty");
        Multiaddr whole = new Multiaddr(components);
        int size = whole.bytes().length;
        if (size > Multiaddr.MAX_BYTES)
            throw new MalformedException("multiaddr of " + size + " bytes");
        return whole;
    }

    private Component component() throws MalformedException {
        String label = next();
        AddressProtocol protocol =
                AddressProtocol.named(label)
                        .orElseThrow(
                                () ->
                                        new MalformedException(
                                                "no protocol \"" + label + "\" in " + text));
        if (!protocol.hasValue()) return Component.of(protocol);
        if (at >= text.length())
            throw new MalformedException("/" + protocol + " needs a value in " + text);
        String value = protocol.form() == ValueForm.PATH ? rest() : next();
        try {
            return Component.of(protocol, value);
        } catch (MalformedException e) {
            throw new MalformedException("/" + protocol + ": " + e.getMessage() + " in " + text);
        }
    }

    /// What stands behind the slash at the current place, up to the next slash.
    private String next() {
        int end = text.indexOf('/', at + 1);
        if (end < 0) end = text.length();
        String part = text.substring(at + 1, end);
        at = end;
        return part;
    }

    /// All that is left, slash included.
    private String rest() {
        String part = text.substring(at);
        at = text.length();
        return part;
    }
}
