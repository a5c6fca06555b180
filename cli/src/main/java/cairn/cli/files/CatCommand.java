package cairn.cli.files;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Meter;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Writes files to standard output.
public final class CatCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("cat", "Print files")
                .atStore(Usage.Runs.BYTES)
                .fetches()
                .arguments("<path>...", 1, Integer.MAX_VALUE)
                .number("-o --offset", "bytes", "Where to begin.")
                .number("-l --length", "bytes", "How much to print at most.")
                .flag("-p --progress", "Show progress. Default: when only it goes to a terminal.")
                .explain(
                        "A path is a CID, or one with names below it: CID/a/b, /ipfs/CID/a/b,"
                                + " ipfs://CID/a/b. Several files are printed one after the other;"
                                + " offset and length count over all of them.")
                .example("cairn cat CID", "prints a file")
                .example("cairn cat CID/notes.txt", "prints a file of an added folder")
                .example("cairn cat -o 1000000 -l 100 CID", "prints 100 bytes of the middle");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        long skip = atLeastZero(call, "--offset", 0);
        long left = atLeastZero(call, "--length", Long.MAX_VALUE);
        List<DagPath> paths = Paths.parse(call.arguments());
        try (CairnNode node = Repos.open(call, Access.READ);
                UnixFsReader reader = node.reader()) {
            List<UnixFsFile> files = new ArrayList<>();
            for (DagPath path : paths) files.add(reader.openFile(path));
            Meter meter = Meter.of(call);
            meter.expect(files.stream().mapToLong(UnixFsFile::size).sum());
            meter.comesFrom(node::sources);
            if (skip == 0 && left == Long.MAX_VALUE)
                for (UnixFsFile file : files) node.expect(file.cid());
            for (UnixFsFile file : files) {
                long length = Math.min(Math.max(file.size() - skip, 0), left);
                if (length > 0) file.writeTo(meter.over(call.out()), skip, length);
                skip = Math.max(0, skip - file.size());
                left -= length;
            }
        }
    }

    private static long atLeastZero(Invocation call, String option, long otherwise)
            throws UsageException {
        long value = call.number(option).orElse(otherwise);
        if (value < 0) throw new UsageException("cannot specify negative " + option.substring(2));
        return value;
    }
}
