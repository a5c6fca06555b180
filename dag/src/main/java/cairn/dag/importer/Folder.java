package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import cairn.dag.DagException;
import cairn.dag.HashBits;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A folder whose entries come in, sorted by name. Belongs to the owner of the work.
final class Folder {
    private final LinkName path;
    private final Metadata metadata;
    private final List<PbLink> links = new ArrayList<>();
    private final List<Finished> folders = new ArrayList<>();
    private Imported.Kind lastKind = Imported.Kind.FILE;

    /// A folder that was written, and those in it that are kept, in the order in which Kubo lists
    /// them.
    record Finished(LinkName name, Node node, List<Finished> folders) {}

    /// @param path the names from the source down; empty for what only holds sources
    Folder(LinkName path, Metadata metadata) {
        this.path = path;
        this.metadata = metadata;
    }

    Metadata metadata() {
        return metadata;
    }

    LinkName path() {
        return path;
    }

    /// The path of an entry.
    LinkName path(LinkName name) {
        return path.isEmpty() ? name : path.joined(name);
    }

    void add(LinkName name, Imported.Kind kind, Node entry) {
        lastKind = kind;
        links.add(new PbLink(entry.cid(), name, entry.size()));
    }

    /// Adds a file that may have no name: in a folder its CID is its name then.
    void addStream(LinkName name, Node file, Report report) {
        LinkName shown = name.isEmpty() ? LinkName.of(file.cid().toString()) : name;
        add(shown, Imported.Kind.FILE, file);
        report.added(name.isEmpty() ? name : path(name), Imported.Kind.FILE, file);
    }

    /// @param kept whether it will be reported
    void add(Finished folder, boolean kept) {
        add(folder.name, Imported.Kind.DIRECTORY, folder.node);
        if (kept) folders.add(folder);
    }

    List<PbLink> links() {
        return links;
    }

    /// Sorts the entries of a folder that didn't come sorted: a stream, or what holds sources,
    /// whose names may not be known before their CIDs.
    ///
    /// @throws DagException when a name is there twice
    void sort() throws DagException {
        links.sort(Comparator.comparing(PbLink::name));
        folders.sort(Comparator.comparing(Finished::name));
        for (int i = 1; i < links.size(); i++)
            if (links.get(i).name().equals(links.get(i - 1).name()))
                throw new DagException(
                        "the name " + links.get(i).name().quoted() + " is there twice");
    }

    /// What the entry is that came last.
    Imported.Kind lastKind() {
        return lastKind;
    }

    /// The folder, written.
    Finished finished(LinkName name, DirectoryLayout.Written written) {
        if (written.sharded()) folders.sort(Comparator.comparing(f -> HashBits.of(f.name)));
        return new Finished(name, written.node(), folders.isEmpty() ? List.of() : folders);
    }

    List<Finished> folders() {
        return folders;
    }
}
