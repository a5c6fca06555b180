package cairn.cli.console;

import picocli.CommandLine.TypeConversionException;

/// The values that a flag takes: what Go's `strconv.ParseBool` reads.
final class GoBoolean {
    private GoBoolean() {}

    static boolean parse(String option, String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                    throw new TypeConversionException(
                            "'" + text + "' for " + option + " is neither true nor false");
        };
    }
}
