package cairn.cli.multibase;

import cairn.cli.console.CallParser;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Multibase;
import cairn.multiformats.MultibaseEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// What the commands of this package have in common: a file or standard input comes in, and a text
/// goes out.
final class Encoded {
    private Encoded() {}

    /// Adds the argument that names what comes in.
    static Usage withInput(Usage usage) {
        return usage.arguments("[<file>]", 0, 1)
                .reads(Usage.Input.LAST_FILE)
                .served(Usage.Runs.BYTES);
    }

    /// Adds the option that names the base of what goes out.
    static Usage withBase(Usage usage) {
        return usage.text("-b", "base", "The multibase. Default: base64url.");
    }

    static Multibase base(Invocation call) throws UsageException {
        return CallParser.multibase(call.text("-b").orElse(Multibase.BASE64_URL.label()));
    }

    /// Writes to the output the text of what a source gives. A line end follows it on a terminal
    /// only, for it is no part of the text.
    static void print(Invocation call, Multibase base, Source source) throws IOException {
        OutputStream text = new MultibaseEncoder(base, call.out());
        source.writeTo(text);
        text.close(); // only here: what comes before a failure is no whole text
        if (call.out().isTerminal()) call.out().line("");
    }

    /// Gives bytes.
    @FunctionalInterface
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }
}
