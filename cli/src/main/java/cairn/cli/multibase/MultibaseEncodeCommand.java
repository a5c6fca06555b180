package cairn.cli.multibase;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Inputs;
import cairn.multiformats.Multibase;
import java.io.IOException;
import java.io.InputStream;

/// Writes bytes as multibase text.
public final class MultibaseEncodeCommand implements Command {
    @Override
    public Usage usage() {
        return Encoded.withBase(
                        Encoded.withInput(
                                Usage.of("multibase encode", "Write bytes as multibase text")))
                .explain(
                        "The bytes are those of a file, or of standard input. base10, base36 and"
                                + " base58 take 16 KiB; the others any number.")
                .example("echo hello | cairn multibase encode -b base16", "prints f68656c6c6f0a");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Multibase base = Encoded.base(call);
        try (InputStream in = Inputs.last(call)) {
            Encoded.print(call, base, in::transferTo);
        }
    }
}
