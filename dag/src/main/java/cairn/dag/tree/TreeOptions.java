package cairn.dag.tree;

import cairn.dag.ignore.IgnoreRules;

/// Which entries of a folder are imported, and what becomes of symbolic links. A path that is named
/// itself, and not found in a folder, is always imported. Each `with…` gives the same options but
/// for one of them.
///
/// @param recursive whether folders are imported at all
/// @param hidden whether entries are whose name begins with a dot
/// @param ignore the entries that are not
/// @param emptyDirectories whether folders are that have no entry to import
/// @param dereferenceSymlinks whether what a symbolic link points to takes its place, everywhere
/// @param dereferenceArguments the same, only for paths that are named themselves
public record TreeOptions(
        boolean recursive,
        boolean hidden,
        IgnoreRules ignore,
        boolean emptyDirectories,
        boolean dereferenceSymlinks,
        boolean dereferenceArguments) {
    /// Recursive, no hidden entries, empty folders too, symbolic links as they are.
    public static final TreeOptions DEFAULT =
            new TreeOptions(true, false, IgnoreRules.NONE, true, false, false);

    public TreeOptions withRecursive(boolean value) {
        return new TreeOptions(
                value, hidden, ignore, emptyDirectories, dereferenceSymlinks, dereferenceArguments);
    }

    public TreeOptions withHidden(boolean value) {
        return new TreeOptions(
                recursive,
                value,
                ignore,
                emptyDirectories,
                dereferenceSymlinks,
                dereferenceArguments);
    }

    public TreeOptions withIgnore(IgnoreRules value) {
        return new TreeOptions(
                recursive,
                hidden,
                value,
                emptyDirectories,
                dereferenceSymlinks,
                dereferenceArguments);
    }

    public TreeOptions withEmptyDirectories(boolean value) {
        return new TreeOptions(
                recursive, hidden, ignore, value, dereferenceSymlinks, dereferenceArguments);
    }

    public TreeOptions withDereferenceSymlinks(boolean value) {
        return new TreeOptions(
                recursive, hidden, ignore, emptyDirectories, value, dereferenceArguments);
    }

    public TreeOptions withDereferenceArguments(boolean value) {
        return new TreeOptions(
                recursive, hidden, ignore, emptyDirectories, dereferenceSymlinks, value);
    }
}
