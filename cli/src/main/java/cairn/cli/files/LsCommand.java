package cairn.cli.files;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.listing.Listed;
import cairn.cli.listing.Listing;
import cairn.dag.exporter.Child;
import cairn.dag.exporter.ChildCursor;
import cairn.dag.exporter.DirectoryEntry;
import cairn.dag.exporter.EntryCursor;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.exporter.UnixFsSymlink;
import cairn.multiformats.Multicodec;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;
import java.util.Optional;

/// Lists directories.
public final class LsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("ls", "List directories")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .arguments("<path>...", 1, Integer.MAX_VALUE)
                .flag("-v --headers", "Print a head over the columns.")
                .flag("--resolve-type", "Look at what entries are. Default: true.")
                .flag("--size", "Print sizes. Default: true.")
                .flag("-s --stream", "Print entries as they are found, in columns of fixed width.")
                .flag("-l --long", "Print mode and modification time too.")
                .explain(
                        "A line has the CID, the size in bytes, and the name; that of a directory"
                                + " ends in a slash. Entries are in the order of their names; those"
                                + " of a directory with over 10,000, and with -s of any, as they"
                                + " are read.")
                .example("cairn ls CID/photos", "lists a folder that was added");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean resolve =
                call.flagIfGiven("--resolve-type").orElse(true)
                        || call.flagIfGiven("--size").orElse(true)
                        || call.flag("--long");
        try (CairnNode node = Repos.open(call, Access.READ);
                UnixFsReader reader = node.reader()) {
            Listing listing = Listing.of(call);
            for (String argument : call.arguments()) {
                UnixFsNode listed = reader.open(Paths.parse(argument));
                listing.begin(argument);
                switch (listed) {
                    case UnixFsDirectory directory -> list(directory, resolve, listing);
                    case UnixFsFile file -> listParts(file, reader, listing);
                    case UnixFsSymlink _ -> {}
                }
                listing.endDirectory();
            }
            listing.end();
        }
    }

    private static void list(UnixFsDirectory directory, boolean resolve, Listing listing)
            throws IOException {
        if (!resolve) {
            try (EntryCursor entries = directory.entries()) {
                for (Optional<DirectoryEntry> e = entries.next(); e.isPresent(); e = entries.next())
                    listing.print(Listed.unresolved(e.get()));
            }
            return;
        }
        try (ChildCursor children = directory.children(false)) {
            for (Optional<Child> c = children.next(); c.isPresent(); c = children.next())
                listing.print(Listed.of(c.get().entry(), c.get().node()));
        }
    }

    /// The nameless parts of a file, as Kubo lists them.
    private static void listParts(UnixFsFile file, UnixFsReader reader, Listing listing)
            throws IOException {
        for (DirectoryEntry part : file.links())
            listing.print(
                    part.cid().codec().equals(Multicodec.RAW)
                            ? Listed.rawPart(part)
                            : Listed.of(part, reader.open(part.cid())));
    }
}
