package cairn.cli.dag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Value;
import cairn.dag.path.DagPath;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;
import java.io.OutputStream;

/// Writes a node, or a part of one, in a codec of choice.
public final class DagGetCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("dag get", "Print a node of a DAG, or a part of one")
                .atStore(Usage.Runs.BYTES)
                .fetches()
                .arguments("<path>", 1, 1)
                .text("--output-codec", "codec", "How to print it. Default: dag-json.")
                .explain(
                        "A path goes through nodes of any codec: by the keys of maps, the indexes of"
                                + " lists (from 0), and the names of files; links on the way are"
                                + " followed. A node of dag-pb also has the keys Links and Data.")
                .example("cairn dag get CID", "prints a node as JSON")
                .example("cairn dag get CID/authors/0/name", "prints a value within it")
                .example(
                        "cairn dag get --output-codec=dag-cbor CID > node.cbor",
                        "writes a node as dag-cbor to a file");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Codec output = Codecs.of(call, "--output-codec", Codec.DAG_JSON);
        DagPath path = Paths.parse(call.arguments().getFirst());
        try (CairnNode node = Repos.open(call, Access.READ)) {
            Value value = node.resolver().get(path);
            // First to nowhere: a value that the codec can't hold is an error and no output.
            output.encode(value, OutputStream.nullOutputStream());
            output.encode(value, call.out());
            if (output == Codec.DAG_JSON && call.out().isTerminal()) call.out().line("");
        }
    }
}
