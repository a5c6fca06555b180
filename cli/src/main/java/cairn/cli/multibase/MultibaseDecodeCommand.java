package cairn.cli.multibase;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.daemon.Inputs;
import cairn.multiformats.MultibaseDecoder;
import java.io.IOException;
import java.io.InputStream;

/// Writes the bytes of a multibase text to standard output.
public final class MultibaseDecodeCommand implements Command {
    @Override
    public Usage usage() {
        return Encoded.withInput(
                        Usage.of("multibase decode", "Print the bytes of a multibase text"))
                .explain(
                        "The text is that of a file, or of standard input; its first character names"
                                + " its base. One line end behind it is left out.")
                .example("echo f68656c6c6f0a | cairn multibase decode", "prints hello");
    }

    @Override
    public void run(Invocation call) throws IOException {
        try (InputStream in = Inputs.last(call)) {
            MultibaseDecoder.decode(in, call.out());
        }
    }
}
