package cairn.cli.files;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Meter;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Silence;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.ReadableDags;
import cairn.dag.LinkName;
import cairn.dag.disk.Recheck;
import cairn.dag.disk.TreeWriter;
import cairn.dag.disk.WriteListener;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsReader;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.text.RawText;
import java.io.IOException;
import java.nio.file.Path;

/// Writes files and folders to disk.
public final class GetCommand implements Command {
    private static final int DEFAULT_LEVEL = -1;

    @Override
    public Usage usage() {
        return Usage.of("get", "Write files and folders to disk")
                .fetches()
                .arguments("<path>", 1, 1)
                .served(Usage.Runs.ARCHIVE)
                .text("-o --output", "path", "Where to. Default: the last name of the path.")
                .flag(
                        "-a --archive",
                        "Write a TAR archive, in which the root has the last name of the path.")
                .flag(
                        "-C --compress",
                        "Compress with gzip: an archive, a single file, or where a symbolic link points to.")
                .number("-l --compression-level", "level", "From 1, fast, to 9, small.")
                .flag("-p --progress", "Show progress. Default: when on a terminal.")
                .explain(
                        "What is written stands aside until it is whole, and then takes its name."
                                + " After an interruption the same command goes on from there; with"
                                + " -a or -C it starts anew.")
                .example("cairn get CID -o photos", "writes an added folder to ./photos")
                .example("cairn get -a -C CID", "writes CID.tar.gz");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        int level = (int) call.number("--compression-level", 1, 9).orElse(DEFAULT_LEVEL);
        String argument = call.arguments().getFirst();
        String output = call.text("--output").filter(o -> !o.isEmpty()).orElse(lastName(argument));
        boolean archive = call.flag("--archive");
        boolean compress = call.flag("--compress");
        if (call.surroundings().node().isPresent()) {
            send(new ArchiveStream(compress, level), archive || !compress, call);
            return;
        }
        try (Silence silence = Silence.during(call);
                ReadableDags dags = ReadableDags.open(call);
                UnixFsReader reader = dags.reader()) {
            UnixFsNode root = reader.open(Paths.parse(argument));
            silence.broken();
            dags.expect(root.cid());
            Meter meter = Meter.beside(call);
            meter.comesFrom(dags::sources);
            meter.expect(root instanceof UnixFsFile file ? file.size() : root.cumulativeSize());
            WriteListener listener =
                    new WriteListener() {
                        @Override
                        public void resumes() {
                            call.messages().say("cairn: going on from where an earlier try ended");
                        }

                        @Override
                        public void bytes(long count) {
                            meter.add(count);
                        }
                    };
            if (!archive && !compress) {
                call.out().line("Saving file(s) to " + Escapes.printable(output));
                call.out().flush();
                new TreeWriter(new Recheck.ByContent(), listener)
                        .write(
                                root,
                                RawText.path(output),
                                LinkName.of(RawText.encode(lastName(argument))));
                return;
            }
            if (!archive) checkLone(root);
            String target = archiveName(output, archive, compress);
            call.out().line("Saving archive to " + Escapes.printable(target));
            call.out().flush();
            Path path = RawText.path(target);
            new ArchiveFile(path, new ArchiveStream(compress, level))
                    .write(
                            root,
                            archive,
                            LinkName.of(RawText.encode(lastName(argument))),
                            listener);
        }
    }

    /// Answers another program, to which an archive is how all that isn't compressed alone comes.
    private static void send(ArchiveStream stream, boolean archive, Invocation call)
            throws IOException, UsageException {
        String argument = call.arguments().getFirst();
        try (CairnNode node = Repos.open(call, Access.READ);
                UnixFsReader reader = node.reader()) {
            UnixFsNode root = reader.open(Paths.parse(argument));
            if (!archive) checkLone(root);
            node.expect(root.cid());
            LinkName name = LinkName.of(RawText.encode(lastName(argument)));
            stream.write(root, archive, name, call.out(), WriteListener.NONE);
        }
    }

    private static void checkLone(UnixFsNode root) throws CommandException {
        if (root instanceof UnixFsDirectory)
            throw new CommandException(
                    "a folder can't be compressed alone; add -a for a compressed archive");
    }

    private static String archiveName(String output, boolean archive, boolean compress) {
        String name = output;
        if (archive && !name.endsWith(".tar") && !name.endsWith(".tar.gz")) name += ".tar";
        if (compress && !name.endsWith(".gz")) name += ".gz";
        return name;
    }

    private static String lastName(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') end--;
        String trimmed = path.substring(0, end);
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
