package cairn.dag.car;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;

/// Reads an archive from its beginning to its end: version 1, or version 2 without its index.
/// Sources: ipld/specs, CARv1 and CARv2. For one thread; of no use after an exception. It doesn't
/// close what it reads.
///
/// A section of no bytes is an error in both versions, as it is to Kubo: no specification speaks of
/// padding with zeros.
///
/// **Limits:** the header has at most 1 MiB, a section at most 2 MiB and its CID; both are checked
/// before memory is reserved.
public final class CarReader {
    private final CarInput in;
    private final CarLayout layout;

    private CarReader(CarInput in, CarLayout layout) {
        this.in = in;
        this.layout = layout;
    }

    /// Reads the beginning of the archive that a channel is at.
    ///
    /// @throws CarException when it is malformed, or of an unknown version
    public static CarReader open(ReadableByteChannel channel) throws IOException {
        CarInput in = new CarInput(channel, 0, CarInput.STREAM_BYTES);
        return new CarReader(in, CarLayout.read(in));
    }

    /// The same for a stream.
    public static CarReader open(InputStream stream) throws IOException {
        return open(Channels.newChannel(stream));
    }

    /// The version: 1 or 2.
    public int version() {
        return layout.version();
    }

    /// The roots in the order of the header. Nothing says that they are in the archive.
    public List<Cid> roots() {
        return layout.roots();
    }

    /// The next block, hashed and found to be what its CID names; empty at the end.
    ///
    /// @throws CarException when the archive is malformed or cut short, or a block isn't what its
    ///   CID names
    public Optional<Block> next(Hashes hashes) throws IOException {
        Optional<CarSection> section = nextSection();
        return section.isPresent() ? Optional.of(section.get().verified(hashes)) : Optional.empty();
    }

    /// The next section, whose bytes nobody has hashed yet; empty at the end.
    ///
    /// @throws CarException when the archive is malformed or cut short
    public Optional<CarSection> nextSection() throws IOException {
        return in.atEnd() ? Optional.empty() : Optional.of(CarSection.read(in));
    }
}
