package cairn.cli.listing;

import cairn.dag.LinkName;
import cairn.dag.Mtime;
import cairn.dag.exporter.DirectoryEntry;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsSymlink;
import cairn.multiformats.Cid;
import cairn.node.text.RawText;
import java.util.Optional;
import java.util.OptionalInt;

/// An entry as `ls` shows it.
///
/// @param size of a file or of a symbolic link's target, in bytes
/// @param target of a symbolic link, raw text; empty for others
public record Listed(
        Cid cid,
        LinkName linkName,
        Type type,
        long size,
        String target,
        OptionalInt mode,
        Optional<Mtime> mtime) {
    /// What an entry is, with the number that UnixFS has for it.
    public enum Type {
        UNKNOWN(0, '-'),
        DIRECTORY(1, 'd'),
        FILE(2, '-'),
        SYMLINK(4, 'l');

        private final int number;
        private final char letter;

        Type(int number, char letter) {
            this.number = number;
            this.letter = letter;
        }

        int number() {
            return number;
        }

        /// What Go sets for it in a file's mode, beside the permissions.
        int goMode() {
            return switch (this) {
                case DIRECTORY -> 1 << 31;
                case SYMLINK -> 1 << 27;
                case FILE, UNKNOWN -> 0;
            };
        }

        /// As `ls -l` begins a line.
        char letter() {
            return letter;
        }
    }

    public static Listed unresolved(DirectoryEntry entry) {
        return new Listed(
                entry.cid(),
                entry.name(),
                Type.UNKNOWN,
                0,
                "",
                OptionalInt.empty(),
                Optional.empty());
    }

    public static Listed rawPart(DirectoryEntry part) {
        return new Listed(
                part.cid(),
                part.name(),
                Type.FILE,
                part.tsize(),
                "",
                OptionalInt.empty(),
                Optional.empty());
    }

    public static Listed of(DirectoryEntry entry, UnixFsNode node) {
        return switch (node) {
            case UnixFsFile file -> with(entry, node, Type.FILE, file.size(), "");
            case UnixFsDirectory _ -> with(entry, node, Type.DIRECTORY, 0, "");
            case UnixFsSymlink link ->
                    with(
                            entry,
                            node,
                            Type.SYMLINK,
                            link.target().size(),
                            RawText.decode(link.target().bytes()));
        };
    }

    private static Listed with(
            DirectoryEntry entry, UnixFsNode node, Type type, long size, String target) {
        return new Listed(entry.cid(), entry.name(), type, size, target, node.mode(), node.mtime());
    }

    /// The name as raw text.
    public String name() {
        return RawText.decode(linkName.bytes());
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }
}
