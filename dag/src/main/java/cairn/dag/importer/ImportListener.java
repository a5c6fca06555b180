package cairn.dag.importer;

/// Hears how an import goes. All calls come on the thread that runs the import, so a listener that
/// takes long slows it down.
public interface ImportListener {
    /// A listener that hears nothing.
    ImportListener NONE =
            new ImportListener() {
                @Override
                public boolean hearsAdded() {
                    return false;
                }
            };

    /// Whether [#added] is called. An import asks once, and where nobody hears it keeps nothing of
    /// a folder that is finished, else about 200 bytes until its end.
    default boolean hearsAdded() {
        return true;
    }

    /// So many bytes of content were taken in since the importer was made.
    default void progress(long bytes) {}

    /// An entry is finished. They come in Kubo's order: for each source first the files and
    /// symbolic links as the walk meets them, entries of a folder sorted by the bytes of their
    /// names, and then, when all went well, the directories, each after those within it.
    default void added(Imported entry) {}
}
