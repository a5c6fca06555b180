package cairn.node;

import cairn.dag.importer.ImportOptions;
import cairn.dag.tree.TreeOptions;

/// What becomes of sources that are added.
///
/// @param format what decides the CIDs
/// @param tree which entries of folders are taken
/// @param wrap whether all become entries of one directory
/// @param pin whether the roots are pinned, with all below them
/// @param pinName of the pins; empty for none
public record AddOptions(
        ImportOptions format, TreeOptions tree, boolean wrap, boolean pin, String pinName) {
    /// Pinned without a name, not wrapped.
    public static AddOptions of(ImportOptions format) {
        return new AddOptions(format, TreeOptions.DEFAULT, false, true, "");
    }
}
