package cairn.cli.cid;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.node.CairnNode;
import java.io.IOException;
import java.util.List;

/// Lists the hash functions that a CID may name.
public final class CidHashesCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("cid hashes", "List the hash functions that a CID may name")
                .served(Usage.Runs.VALUES)
                .flag("-n --numeric", "With their numbers.")
                .flag("-s --supported", "Only those that Cairn computes; it does all of them.")
                .explain("Peers refuse blocks that any other function names.")
                .example("cairn cid hashes -n", "lists them with their numbers");
    }

    @Override
    public void run(Invocation call) throws IOException {
        Hashes computed = CairnNode.knownHashes();
        List<Multicodec> functions =
                Multicodec.ofHashes().stream()
                        .filter(Hashes::isAllowed)
                        .filter(f -> !call.flag("--supported") || computed.find(f).isPresent())
                        .toList();
        NamedCodes.print(functions, call);
    }
}
