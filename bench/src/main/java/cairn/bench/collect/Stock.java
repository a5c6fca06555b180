package cairn.bench.collect;

import cairn.blockstore.Pin;
import cairn.dag.LinkName;
import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.ImportOptions;
import cairn.dag.tree.ImportSource;
import cairn.dag.importer.Imported;
import cairn.dag.importer.Profile;
import cairn.dag.tree.TreeOptions;
import cairn.multiformats.Cid;
import cairn.node.AddOptions;
import cairn.node.CairnNode;
import cairn.testkit.Keystream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a repo is filled with: files of which every other one is pinned, so that garbage and what
/// stays lie next to one another.
///
/// @param files how many, an even number
/// @param bytes of each
/// @param chunk bytes of each of their blocks
/// @param together how many are added in one session
record Stock(int files, int bytes, int chunk, int together) {
    private static final int MIB = 1 << 20;

    /// Four blocks of 1 MiB to a file, in files of the store that are all half garbage.
    static Stock mixed(long total) {
        return new Stock(even(total / (4 * MIB)), 4 * MIB, MIB, 64);
    }

    /// Whole files of the store are garbage, the next ones not.
    static Stock whole(long total) {
        return new Stock(even(total / (128 * MIB)), 128 * MIB, MIB, 1);
    }

    /// Every other block is garbage.
    static Stock alternating(long total) {
        return new Stock(even(total / MIB), MIB, MIB, 1024);
    }

    /// Small blocks that went through the log, a few in each session.
    static Stock loose(long total) {
        return new Stock(even(total / (16 << 10)), 16 << 10, 256, 8);
    }

    static Stock named(String name, long total) {
        return switch (name) {
            case "mixed" -> mixed(total);
            case "whole" -> whole(total);
            case "alternating" -> alternating(total);
            case "loose" -> loose(total);
            default -> throw new IllegalArgumentException("no such stock: " + name);
        };
    }

    private static int even(long count) {
        return Math.toIntExact(Math.max(2, count / 2 * 2));
    }

    /// Fills a repo.
    ///
    /// @return the roots that are pinned
    List<Cid> fill(CairnNode node) throws IOException {
        AddOptions options = options(false);
        List<Cid> kept = new ArrayList<>();
        for (int first = 0; first < files; first += together) {
            List<ImportSource> sources = new ArrayList<>();
            for (int i = first; i < Math.min(files, first + together); i++) sources.add(source(i));
            // The names say the order, and so which is which.
            List<Imported> added = node.add(sources, options, ImportListener.NONE);
            for (int i = 0; i < added.size(); i++)
                if ((first + i) % 2 == 0) kept.add(added.get(i).cid());
        }
        for (Cid cid : kept) node.pins().add(cid, Pin.Mode.RECURSIVE, "");
        return kept;
    }

    AddOptions options(boolean pin) {
        ImportOptions format =
                ImportOptions.builder(Profile.UNIXFS_V1_2025)
                        .chunker(new ChunkerSpec.Size(chunk))
                        .build();
        return new AddOptions(format, TreeOptions.DEFAULT, false, pin, "");
    }

    private ImportSource source(int index) {
        return ImportSource.stream(
                LinkName.of("%08d".formatted(index)),
                Keystream.aesCtr("stock-" + index).stream(bytes));
    }
}
