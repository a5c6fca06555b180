package cairn.cli.multibase;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Inputs;
import cairn.multiformats.Multibase;
import cairn.multiformats.MultibaseDecoder;
import java.io.IOException;
import java.io.InputStream;

/// Writes a multibase text in another base.
public final class MultibaseTranscodeCommand implements Command {
    @Override
    public Usage usage() {
        return Encoded.withBase(
                        Encoded.withInput(
                                Usage.of(
                                        "multibase transcode",
                                        "Write a multibase text in another base")))
                .explain("The text is that of a file, or of standard input.")
                .example(
                        "echo f68656c6c6f | cairn multibase transcode -b base32",
                        "prints bnbswy3dp");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Multibase base = Encoded.base(call);
        try (InputStream in = Inputs.last(call)) {
            Encoded.print(call, base, bytes -> MultibaseDecoder.decode(in, bytes));
        }
    }
}
