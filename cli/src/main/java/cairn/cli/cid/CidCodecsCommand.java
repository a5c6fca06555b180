package cairn.cli.cid;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.dag.codec.Codec;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.List;

/// Lists the codecs that a CID may name.
public final class CidCodecsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("cid codecs", "List the codecs that a CID may name")
                .served(Usage.Runs.VALUES)
                .flag("-n --numeric", "With their numbers.")
                .flag("-s --supported", "Only those that Cairn reads and writes.")
                .explain(
                        "Blocks of any codec can be kept; what is linked from them is known only for"
                                + " those that are supported.")
                .example("cairn cid codecs -n -s", "lists what Cairn reads, with numbers");
    }

    @Override
    public void run(Invocation call) throws IOException {
        List<Multicodec> codecs =
                Multicodec.ofBlocks().stream()
                        .filter(c -> !call.flag("--supported") || Codec.of(c).isPresent())
                        .toList();
        NamedCodes.print(codecs, call);
    }
}
