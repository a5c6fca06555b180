package cairn.cli.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A command's call: its options and arguments, and the surroundings it runs in.
public final class Invocation {
    private final Usage usage;
    private final CommandSpec spec;
    private final List<String> arguments;
    private final Globals globals;
    private final Surroundings surroundings;

    Invocation(Usage usage, List<String> arguments, Globals globals, Surroundings surroundings) {
        this.usage = usage;
        this.spec = usage.spec();
        this.arguments = arguments;
        this.globals = globals;
        this.surroundings = surroundings;
    }

    /// Whether a flag is set; a flag that isn't given is false.
    public boolean flag(String name) {
        return flagIfGiven(name).orElse(false);
    }

    /// What a flag was set to; empty when it isn't given.
    public Optional<Boolean> flagIfGiven(String name) {
        return Optional.ofNullable(value(name, Boolean.class));
    }

    /// The text of an option; empty when it isn't given.
    public Optional<String> text(String name) {
        return Optional.ofNullable(value(name, String.class));
    }

    /// The number of an option; empty when it isn't given.
    public OptionalLong number(String name) {
        Long number = value(name, Long.class);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /// The number of an option that must lie within bounds; empty when it isn't given.
    public OptionalLong number(String name, long least, long most) throws UsageException {
        OptionalLong number = number(name);
        if (number.isPresent() && (number.getAsLong() < least || number.getAsLong() > most))
            throw new UsageException(
                    name
                            + " must be from "
                            + least
                            + " to "
                            + most
                            + ", not "
                            + number.getAsLong());
        return number;
    }

    /// The texts of an option that may be given several times, in order.
    public List<String> list(String name) {
        List<?> values = value(name, List.class);
        return values == null ? List.of() : values.stream().map(String.class::cast).toList();
    }

    /// What was given of the options, by their longest names without dashes, as texts.
    public Map<String, List<String>> given() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            Object value = option.getValue();
            if (value == null) continue;
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            given.put(
                    option.longestName().replaceFirst("^--?", ""),
                    values.stream().map(Object::toString).toList());
        }
        return given;
    }

    /// The arguments that aren't options, in order.
    public List<String> arguments() {
        return arguments;
    }

    public Usage usage() {
        return usage;
    }

    public Globals globals() {
        return globals;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Output out() {
        return surroundings.out();
    }

    public Messages messages() {
        return surroundings.messages();
    }

    private <T> T value(String name, Class<T> type) {
        var option = spec.findOption(name);
        if (option == null)
            throw new IllegalStateException(usage.name() + " has no option " + name);
        return type.cast(option.getValue());
    }
}
