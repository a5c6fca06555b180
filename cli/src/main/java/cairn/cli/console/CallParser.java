package cairn.cli.console;

import cairn.multiformats.Multibase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/// Makes an [Invocation] of a command's usage and the words that follow its name.
public final class CallParser {
    private CallParser() {}

    public static Invocation parse(Usage usage, List<String> words, Surroundings surroundings)
            throws UsageException {
        CommandLine parser = new CommandLine(usage.withGlobals().spec());
        parser.setOverwrittenOptionsAllowed(true);
        parser.setUseSimplifiedAtFiles(false).setExpandAtFiles(false);
        parser.setTrimQuotes(false);
        parser.setInterpolateVariables(false);
        parser.setUnmatchedOptionsArePositionalParams(false);
        try {
            parser.parseArgs(words.toArray(String[]::new));
        } catch (UnmatchedArgumentException e) {
            throw new UsageException(unmatched(usage, e));
        } catch (MissingParameterException e) {
            throw new UsageException(missing(e));
        } catch (ParameterException e) {
            if (e.getArgSpec() instanceof OptionSpec o && o.type() == Long.class)
                throw new UsageException(
                        o.longestName() + " takes a whole number, not '" + e.getValue() + "'");
            throw new UsageException(
                    e.getCause() instanceof TypeConversionException c
                            ? c.getMessage()
                            : e.getMessage());
        }
        List<String> arguments = arguments(usage);
        Invocation call = new Invocation(usage, arguments, globals(usage), surroundings);
        if (!call.flag("--help")) checkCount(usage, arguments.size() + sent(usage, surroundings));
        return call;
    }

    private static String unmatched(Usage usage, UnmatchedArgumentException e) {
        String word = e.getUnmatched().getFirst();
        if (!word.startsWith("-")) return tooMany(usage, e.getUnmatched().size());
        String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        List<String> names = new ArrayList<>();
        for (OptionSpec o : usage.spec().options()) names.addAll(List.of(o.names()));
        String near =
                Suggestions.nearest(option, names)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("; see cairn " + usage.name() + " --help");
        return "unknown option \"" + Escapes.printable(option) + "\"" + near;
    }

    private static String missing(MissingParameterException e) {
        return e.getMissing().isEmpty()
                ? e.getMessage()
                : e.getMissing().getFirst() instanceof OptionSpec o
                        ? "missing value for option " + o.longestName()
                        : e.getMessage();
    }

    private static List<String> arguments(Usage usage) {
        List<String> arguments = new ArrayList<>();
        for (var positional : usage.spec().positionalParameters()) {
            List<?> values = positional.getValue();
            if (values != null) values.forEach(v -> arguments.add((String) v));
        }
        return arguments;
    }

    /// How many arguments came in another way.
    private static int sent(Usage usage, Surroundings surroundings) {
        boolean last = usage.input() == Usage.Input.LAST_FILE;
        return last && surroundings.uploaded().isPresent() ? 1 : 0;
    }

    private static void checkCount(Usage usage, int count) throws UsageException {
        if (count < usage.minArguments())
            throw new UsageException(
                    "argument "
                            + usage.argumentLabel()
                            + " is missing; usage: "
                            + usage.synopsis());
        if (count > usage.maxArguments()) throw new UsageException(tooMany(usage, count));
    }

    private static String tooMany(Usage usage, int count) {
        return "expected "
                + usage.maxArguments()
                + " argument(s), got "
                + count
                + "; usage: "
                + usage.synopsis();
    }

    private static Globals globals(Usage usage) throws UsageException {
        String enc = usage.spec().findOption("--enc").getValue();
        if (enc != null && !enc.equals("json") && !enc.equals("text"))
            throw new UsageException("unknown encoding \"" + enc + "\"; there are text and json");
        String timeout = usage.spec().findOption("--timeout").getValue();
        String base = usage.spec().findOption("--cid-base").getValue();
        Optional<Multibase> multibase = Optional.empty();
        if (base != null) multibase = Optional.of(multibase(base));
        return new Globals(
                Optional.ofNullable(usage.spec().findOption("--repo-dir").getValue()),
                Optional.ofNullable(usage.spec().findOption("--api").getValue()),
                Optional.ofNullable(usage.spec().findOption("--api-auth").getValue()),
                "json".equals(enc),
                timeout == null ? Optional.empty() : Optional.of(Durations.parse(timeout)),
                multibase,
                Boolean.TRUE.equals(
                        usage.spec().findOption("--upgrade-cidv0-in-output").getValue()),
                Boolean.TRUE.equals(usage.spec().findOption("--debug").getValue()));
    }

    /// The multibase of a name.
    public static Multibase multibase(String name) throws UsageException {
        return Multibase.named(name)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "unsupported multibase encoding: "
                                                + Escapes.printable(name)
                                                + "; base32, base36 and base58btc are common, and"
                                                + " \"cairn cid bases\" lists all"));
    }
}
