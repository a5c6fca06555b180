package cairn.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How much memory Cairn takes where data is much larger than that, once each.
final class MemoryCases {
    private final Workplace place;
    private final Inputs tiny;
    private final Sizes sizes;
    private final Tool cairn;
    private final Table table;

    /// @param tiny where the tiny files go
    MemoryCases(Workplace place, Inputs tiny, Sizes sizes, Tool cairn, Table table) {
        this.place = place;
        this.tiny = tiny;
        this.sizes = sizes;
        this.cairn = cairn;
        this.table = table;
    }

    void run() throws IOException, InterruptedException {
        table.memoryHead();
        add(
                "`add -n` of " + Sizes.text(sizes.sparse()) + " of zeros",
                place.inputs().sparse(sizes.sparse()),
                "-n");
        add("`add` of " + Sizes.text(sizes.stored()), place.inputs().file(sizes.stored()));
        add(
                String.format("`add -r` of %,d x 16 bytes in 1,110 nested folders", sizes.nested()),
                tiny.nested(sizes.nested()));
        add(
                String.format("`add -r` of %,d x 16 bytes in one folder", sizes.flat()),
                tiny.flat(sizes.flat()));
        table.end();
    }

    private void add(String title, Path input, String... flags)
            throws IOException, InterruptedException {
        Path repo = place.fresh();
        cairn.init(repo);
        List<String> words = new ArrayList<>(List.of("add", "-Q", "-r"));
        words.addAll(List.of(flags));
        words.add(input.toString());
        Disk.sync();
        table.memoryRow(title, cairn.on(repo, words).time());
        Disk.delete(repo);
    }
}
