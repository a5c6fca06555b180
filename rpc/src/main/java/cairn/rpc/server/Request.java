package cairn.rpc.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a client asks for: the parameters of its query. `arg` are the arguments, in order; the
/// others are options, and those that an endpoint doesn't know it passes over. Both are raw text,
/// so that a name which isn't UTF-8 reaches the endpoint as it is.
///
/// @param parameters the values of each name, in order
/// @param body empty where the endpoint reads none
public record Request(Map<String, List<String>> parameters, Body body) {
    /// The most arguments of a request.
    public static final int MAX_ARGUMENTS = 4096;

    /// The most arguments and options together: no command has as many options.
    static final int MAX_PARAMETERS = MAX_ARGUMENTS + 256;

    /// An address of a peer is rarely longer, and told whole.
    private static final int MAX_TOLD_CHARS = 256;

    static final String ARGUMENT = "arg";

    public Request {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        parameters = Map.copyOf(copy);
    }

    /// A request without a body.
    public Request(Map<String, List<String>> parameters) {
        this(parameters, Body.NONE);
    }

    /// The arguments, in order.
    ///
    /// @throws RequestException when there are too many
    public List<String> arguments() throws RequestException {
        List<String> arguments = parameters.getOrDefault(ARGUMENT, List.of());
        if (arguments.size() > MAX_ARGUMENTS)
            throw new RequestException("more than " + MAX_ARGUMENTS + " arguments");
        return arguments;
    }

    /// The arguments, one at least.
    ///
    /// @param name of the argument, for messages
    public List<String> arguments(String name) throws RequestException {
        List<String> arguments = arguments();
        if (arguments.isEmpty())
            throw new RequestException("argument \"" + name + "\" is required");
        return arguments;
    }

    /// The first argument, if there is one.
    public Optional<String> argument() throws RequestException {
        return arguments().stream().findFirst();
    }

    /// The value of an option; the last, where there are several.
    public Optional<String> text(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /// Whether an option is true, in the words that Go takes for it; one without a value is.
    public boolean flag(String name) throws RequestException {
        Optional<String> text = text(name);
        if (text.isEmpty()) return false;
        return switch (text.get()) {
            case "", "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new RequestException(wrong(name, "a truth value"));
        };
    }

    /// The whole number of an option.
    public Optional<Long> number(String name) throws RequestException {
        Optional<String> text = text(name);
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(Long.valueOf(text.get()));
        } catch (NumberFormatException e) {
            throw new RequestException(wrong(name, "a whole number"));
        }
    }

    /// How long the client wants to wait at most.
    public Optional<Duration> timeout() throws RequestException {
        Optional<String> text = text("timeout");
        if (text.isEmpty()) return Optional.empty();
        return Optional.of(
                GoDuration.parse(text.get())
                        .orElseThrow(
                                () ->
                                        new RequestException(
                                                wrong("timeout", "a time such as 30s"))));
    }

    /// The same, with an option under another name, unless one has that.
    Request renamed(String from, String to) {
        if (!parameters.containsKey(from) || parameters.containsKey(to)) return this;
        Map<String, List<String>> next = new LinkedHashMap<>(parameters);
        next.put(to, next.remove(from));
        return new Request(next, body);
    }

    /// What a client sent, as messages tell it: no longer than a person reads.
    public static String brief(String text) {
        if (text.length() <= MAX_TOLD_CHARS) return text;
        return text.substring(0, text.offsetByCodePoints(0, MAX_TOLD_CHARS / 2)) + "...";
    }

    private String wrong(String name, String wanted) {
        return "option \"" + name + "\" takes " + wanted + ", not " + brief(text(name).orElse(""));
    }
}
