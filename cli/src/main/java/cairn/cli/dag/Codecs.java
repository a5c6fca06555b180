package cairn.cli.dag;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Suggestions;
import cairn.cli.console.UsageException;
import cairn.dag.codec.Codec;
import cairn.multiformats.Multicodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The codecs that options name.
final class Codecs {
    private static final List<String> NAMES =
            Arrays.stream(Codec.values()).map(Codec::toString).toList();

    private Codecs() {}

    /// The codec that an option names.
    ///
    /// @throws UsageException when there is none of that name; it says which is near
    static Codec of(Invocation call, String option, Codec otherwise) throws UsageException {
        Optional<String> name = call.text(option);
        if (name.isEmpty()) return otherwise;
        Optional<Codec> codec = Codec.named(name.get());
        if (codec.isPresent()) return codec.get();
        String quoted = "\"" + Escapes.printable(name.get()) + "\"";
        String problem =
                Multicodec.named(name.get()).isPresent()
                        ? "no codec of nodes: " + quoted
                        : "unknown multicodec: " + quoted;
        throw new UsageException(
                problem
                        + Suggestions.nearest(name.get(), NAMES)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; there are " + String.join(", ", NAMES)));
    }
}
