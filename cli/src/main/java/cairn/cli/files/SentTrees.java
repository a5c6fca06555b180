package cairn.cli.files;

import cairn.dag.tree.NamedSource;
import cairn.dag.tree.TreeOptions;
import java.util.List;

/// What a call to add sends to a daemon.
///
/// @param sources in their order
/// @param tree which entries of folders are taken
/// @param wrap whether all become entries of one directory
/// @param mode whether permissions are told
/// @param mtime whether times are told
/// @param sizer finds out how many bytes there are
record SentTrees(
        List<NamedSource> sources,
        TreeOptions tree,
        boolean wrap,
        boolean mode,
        boolean mtime,
        Sizer sizer) {
    SentTrees {
        sources = List.copyOf(sources);
    }
}
