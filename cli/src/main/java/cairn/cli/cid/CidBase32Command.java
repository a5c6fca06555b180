package cairn.cli.cid;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Multibase;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/// Prints CIDs as version 1 in base32.
public final class CidBase32Command implements Command {
    @Override
    public Usage usage() {
        return Usage.of("cid base32", "Print CIDs as version 1 in base32")
                .arguments("[<cid>...]", 0, Integer.MAX_VALUE)
                .served(Usage.Runs.VALUES)
                .reads(Usage.Input.LINES)
                .explain(
                        "That is the usual form, which upper and lower case can't spoil. Without"
                                + " arguments, the CIDs are the lines of standard input.")
                .example("cairn cid base32 QmPZ9gcC...", "prints bafybeias...");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        new CidConversion(
                        CidFormat.CID,
                        Optional.of(Multibase.BASE32),
                        OptionalInt.of(1),
                        Optional.empty())
                .convertAll(call);
    }
}
