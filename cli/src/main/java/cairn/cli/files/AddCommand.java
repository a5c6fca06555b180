package cairn.cli.files;

import cairn.cli.console.Invocation;
import cairn.cli.console.Meter;
import cairn.cli.console.Repos;
import cairn.cli.console.StandardInput;
import cairn.cli.console.Surroundings.Uploaded;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.FileCommand;
import cairn.cli.daemon.Outgoing;
import cairn.cli.pins.PinName;
import cairn.dag.LinkName;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.Imported;
import cairn.dag.tree.ImportSource;
import cairn.dag.tree.NamedSource;
import cairn.dag.tree.TreeOptions;
import cairn.dag.tree.TreeStream;
import cairn.node.Access;
import cairn.node.AddOptions;
import cairn.node.CairnNode;
import cairn.node.repo.Config;
import cairn.node.text.RawText;
import cairn.rpc.client.RequestBody;
import cairn.rpc.server.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Adds files and folders.
public final class AddCommand implements FileCommand {
    private static final String STANDARD_INPUT = "-";

    @Override
    public Usage usage() {
        Usage usage =
                Usage.of("add", "Add files and folders")
                        .atStore(Usage.Runs.VALUES)
                        .reads(Usage.Input.FILES)
                        .arguments("[<path>...]", 0, Integer.MAX_VALUE)
                        .flag("-r --recursive", "Add folders, with all below them.")
                        .flag("-q --quiet", "Print only CIDs.")
                        .flag("-Q --quieter", "Print only the CID of the last root.")
                        .flag("--silent", "Print nothing.")
                        .flag("-p --progress", "Show progress. Default: when on a terminal.")
                        .flag("-n --only-hash", "Compute CIDs, and store nothing.")
                        .flag("-w --wrap-with-directory", "Put all into one new directory.")
                        .flag("--pin", "Pin what is added. Default: true.")
                        .text("--pin-name", "name", "A name for the pin.")
                        .text("--stdin-name", "name", "A name for what standard input brings.");
        AddFlags.addTo(usage);
        return usage.flag(
                        "--fast-provide-root --fast-provide-dag --fast-provide-wait",
                        "Accepted, and without effect until there is a network.")
                .explain(
                        "Without paths, or for the path -, adds what standard input brings. The CID"
                                + " of a path is on the last line for it; when the command has"
                                + " ended, all of it is on disk.")
                .explain(
                        "The defaults are those of the profile unixfs-v1-2025, which gives CIDs that"
                                + " begin with \"bafy\" and \"bafk\". Plain \"ipfs add\" gives"
                                + " \"Qm\": --profile=unixfs-v0-2015 gives the same.")
                .example("cairn add photo.jpg", "adds a file")
                .example("cairn add -r -Q photos", "adds a folder, and prints its CID only")
                .example("date | cairn add --stdin-name=now -w", "adds a stream, with a name")
                .example(
                        "cairn add --profile=unixfs-v0-2015 photo.jpg",
                        "gives the CID that plain \"ipfs add\" gives");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        checkPin(call);
        Optional<Uploaded> uploaded = call.surroundings().uploaded();
        if (uploaded.isPresent()) {
            addUploaded(uploaded.get(), call);
            return;
        }
        List<ImportSource> sources = sources(call, StandardInput::open);
        AddFlags flags = new AddFlags(call);
        flags.check();
        TreeOptions tree = flags.tree();
        Meter meter = Meter.beside(call);
        AddPrinter printer = new AddPrinter(call, meter, progressName(call.arguments()));
        try (Sizer sizer = new Sizer()) {
            if (meter.isShown()) sizer.measure(sources, meter::expect);
            add(new AddedSources(sources), tree, flags, printer);
        }
    }

    private static void addUploaded(Uploaded uploaded, Invocation call)
            throws IOException, UsageException {
        AddFlags flags = new AddFlags(call);
        flags.check();
        Meter meter = Meter.beside(call);
        AddPrinter printer = new AddPrinter(call, meter, uploaded.source());
        UploadedTree trees = new UploadedTree(uploaded.parts(), meter::expect);
        add(new AddedTrees(trees), flags.uploadedTree(), flags, printer);
    }

    private static void add(Added added, TreeOptions tree, AddFlags flags, AddPrinter printer)
            throws IOException, UsageException {
        Invocation call = flags.call();
        boolean wrap = call.flag("--wrap-with-directory");
        if (call.flag("--only-hash")) {
            Config config = Repos.options(call).configToImport(Repos.path(call));
            AddOptions options = new AddOptions(flags.format(config), tree, wrap, false, "");
            printer.acknowledge(last(added.hash(options, printer)));
            return;
        }
        try (CairnNode node = Repos.open(call, Access.WRITE)) {
            boolean pin = call.flagIfGiven("--pin").orElse(true);
            String pinName = call.text("--pin-name").orElse("");
            AddOptions options =
                    new AddOptions(flags.format(node.config()), tree, wrap, pin, pinName);
            printer.acknowledge(last(added.addTo(node, options, printer)));
        }
    }

    private static Imported last(List<Imported> roots) throws RequestException {
        if (roots.isEmpty()) throw new RequestException("there is no file in the request");
        return roots.getLast();
    }

    private static void checkPin(Invocation call) throws IOException, UsageException {
        String pinName = PinName.checked(call.text("--pin-name").orElse(""));
        boolean pin = call.flagIfGiven("--pin").orElse(true);
        if (!pin && !pinName.isEmpty())
            throw new UsageException("--pin-name says nothing with --pin=false");
    }

    /// What is added.
    private sealed interface Added {
        List<Imported> addTo(CairnNode node, AddOptions options, ImportListener listener)
                throws IOException;

        List<Imported> hash(AddOptions options, ImportListener listener) throws IOException;
    }

    private record AddedSources(List<ImportSource> sources) implements Added {
        @Override
        public List<Imported> addTo(CairnNode node, AddOptions options, ImportListener listener)
                throws IOException {
            return node.add(sources, options, listener);
        }

        @Override
        public List<Imported> hash(AddOptions options, ImportListener listener) throws IOException {
            return CairnNode.hash(sources, options, listener);
        }
    }

    private record AddedTrees(TreeStream trees) implements Added {
        @Override
        public List<Imported> addTo(CairnNode node, AddOptions options, ImportListener listener)
                throws IOException {
            return node.add(trees, options, listener);
        }

        @Override
        public List<Imported> hash(AddOptions options, ImportListener listener) throws IOException {
            return CairnNode.hash(trees, options, listener);
        }
    }

    @Override
    public Outgoing outgoing(Invocation call) throws IOException, UsageException {
        checkPin(call);
        List<ImportSource> sources = sources(call, c -> c.surroundings().in());
        AddFlags flags = new AddFlags(call);
        flags.check();
        TreeOptions tree = flags.tree();
        Sizer sizer = new Sizer();
        if (Meter.beside(call).isShown()) sizer.measure(sources);
        SentTrees trees =
                new SentTrees(
                        NamedSource.sorted(sources, tree),
                        tree,
                        call.flag("--wrap-with-directory"),
                        call.flag("--preserve-mode"),
                        call.flag("--preserve-mtime"),
                        sizer);
        return new Outgoing(
                AddFlags.OF_TREE,
                progressName(call.arguments()),
                RequestBody.of(
                        parts -> {
                            if (sources.stream().anyMatch(ImportSource.OfStream.class::isInstance))
                                StandardInput.await(call);
                            new TreeUpload(trees, parts).send();
                        }));
    }

    private static String progressName(List<String> paths) {
        if (paths.size() != 1 || paths.getFirst().equals(STANDARD_INPUT)) return "";
        Path last = RawText.path(paths.getFirst()).getFileName();
        return last == null ? "" : RawText.of(last);
    }

    private static List<ImportSource> sources(
            Invocation call, Function<Invocation, InputStream> input) {
        List<String> paths =
                call.arguments().isEmpty() ? List.of(STANDARD_INPUT) : call.arguments();
        List<ImportSource> sources = new ArrayList<>();
        for (String path : paths)
            sources.add(
                    path.equals(STANDARD_INPUT)
                            ? ImportSource.stream(inputName(call), input.apply(call))
                            : ImportSource.path(RawText.path(path)));
        return sources;
    }

    private static LinkName inputName(Invocation call) {
        return LinkName.of(RawText.encode(call.text("--stdin-name").orElse("")));
    }
}
