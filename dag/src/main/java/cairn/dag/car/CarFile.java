package cairn.dag.car;

import cairn.dag.BlockSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An archive in a file, whose blocks are found by their CIDs. Every block is hashed when it is
/// read. Safe for use by many threads at once; an interrupt of one that reads closes the file, as
/// [FileChannel] does.
///
/// The index of version 2 is used where it is there and well-formed, and as long as it is right:
/// where a place that it tells has another CID, and where there is no index, the file is passed
/// over once and an index made in memory. What a right index doesn't name isn't there.
///
/// **Limits:** those of [CarReader]; a million blocks without an index.
public final class CarFile implements BlockSource, Closeable {
    private final FileChannel file;
    private final Hashes hashes;
    private final CarLayout layout;
    private final long end;
    private volatile CarIndex index;

    private CarFile(FileChannel file, Hashes hashes) throws IOException {
        this.file = file;
        this.hashes = hashes;
        this.layout = CarLayout.read(at(0, CarInput.STREAM_BYTES));
        this.end = Math.min(layout.end(), file.size());
        if (layout.version() == 2 && layout.end() > file.size())
            throw new CarException(
                    file.size(), "the file ends before the payload, at " + layout.end());
        Optional<CarIndex> stored = stored();
        this.index = stored.isPresent() ? stored.get() : scan();
    }

    /// Opens a file and reads its beginning; without an index that can be used, all of it.
    ///
    /// @throws CarException when it is malformed
    public static CarFile open(Path path, Hashes hashes) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new CarFile(file, hashes);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /// The version: 1 or 2.
    public int version() {
        return layout.version();
    }

    /// The roots in the order of the header.
    public List<Cid> roots() {
        return layout.roots();
    }

    /// Whether blocks are found by the file's own index.
    boolean usesStoredIndex() {
        return index instanceof StoredIndex;
    }

    /// @throws CarException when what the archive has under the CID is malformed, or not what it
    ///   names
    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        CarIndex used = index;
        boolean trusted = used instanceof ScannedIndex;
        for (long place : used.find(cid.hash())) {
            Optional<CarSection> section = section(cid, place, trusted);
            if (section.isPresent()) return Optional.of(section.get().verified(cid, hashes));
            if (!trusted) {
                index = scan();
                return get(cid);
            }
        }
        return Optional.empty();
    }

    /// The section at a place; empty when there is none, or one of another CID.
    ///
    /// @param trusted whether a section is known to begin there
    private Optional<CarSection> section(Cid cid, long place, boolean trusted) throws IOException {
        long offset = layout.payload() + place;
        if (place < 0 || offset < layout.sections() || offset >= end) return Optional.empty();
        CarInput in = at(offset, CarInput.SECTION_BYTES);
        in.endAt(end);
        CarSection.Head head;
        try {
            head = CarSection.readHead(in);
        } catch (CarException e) {
            if (!trusted) return Optional.empty();
            throw e;
        }
        return head.cid().hash().equals(cid.hash())
                ? Optional.of(CarSection.readBytes(in, head))
                : Optional.empty();
    }

    private Optional<CarIndex> stored() throws IOException {
        if (layout.index() == 0) return Optional.empty();
        if (layout.index() < layout.end() || layout.index() >= file.size()) return Optional.empty();
        try {
            return Optional.of(StoredIndex.read(file, layout.index()));
        } catch (CarException _) {
            // What a damaged index would tell, a scan tells as well.
            return Optional.empty();
        }
    }

    private CarIndex scan() throws IOException {
        CarInput in = at(layout.sections(), CarInput.SECTION_BYTES);
        in.endAt(end);
        return new ScannedIndex(in, layout.payload());
    }

    private CarInput at(long offset, int bufferBytes) {
        return new CarInput(new FileBytes(file, offset), offset, bufferBytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
