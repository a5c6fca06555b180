package cairn.dag.importer;

import cairn.dag.Mtime;
import cairn.dag.tree.FoundEntry;
import cairn.dag.tree.Metadata;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/// What entries get as mode and modification time: what is said for all, or what they have.
record MetadataRules(ImportOptions options) {
    /// Of an entry that was found on disk.
    Metadata of(FoundEntry entry, Imported.Kind kind) throws IOException {
        boolean mode = options.preserveMode() && kind != Imported.Kind.SYMLINK;
        return of(new Metadata(mode ? entry.mode() : OptionalInt.empty(), entry.mtime()), kind);
    }

    /// Of an entry that has some.
    Metadata of(Metadata own, Imported.Kind kind) {
        Optional<Mtime> mtime = options.preserveMtime() ? own.mtime() : options.mtime();
        OptionalInt mode = options.preserveMode() ? own.mode() : explicitMode();
        return switch (kind) {
            case SYMLINK -> new Metadata(OptionalInt.empty(), mtime);
            case DIRECTORY -> new Metadata(mode, mtime);
            case FILE -> new Metadata(fileMode(mode), mtime);
        };
    }

    /// Of a stream.
    Metadata stream() {
        return new Metadata(fileMode(explicitMode()), options.mtime());
    }

    /// Of the wrapping directory.
    Metadata wrapping() {
        return new Metadata(explicitMode(), options.mtime());
    }

    /// Kubo drops the set-id and sticky bits of a mode that is said, not those that are preserved.
    private OptionalInt explicitMode() {
        return options.mode().isPresent()
                ? OptionalInt.of(options.mode().getAsInt() & 0777)
                : OptionalInt.empty();
    }

    /// A file has no mode where a directory has mode 0.
    private static OptionalInt fileMode(OptionalInt mode) {
        return mode.isPresent() && mode.getAsInt() == 0 ? OptionalInt.empty() : mode;
    }
}
