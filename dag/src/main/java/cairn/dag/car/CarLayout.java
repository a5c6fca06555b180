package cairn.dag.car;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Where the parts of an archive are, as its beginning says. Source: ipld/specs, CARv1 and CARv2.
///
/// @param version 1 or 2
/// @param roots in the order of the header
/// @param payload the offset of the payload, which is an archive of version 1; 0 in version 1
/// @param sections the offset of the first section
/// @param end the offset of the payload's end; [Long#MAX_VALUE] in version 1
/// @param index the offset of the index; 0 where there is none
record CarLayout(int version, List<Cid> roots, long payload, long sections, long end, long index) {
    private static final int FIXED_BYTES = 40;

    /// Reads the beginning, up to the first section, and sets the input's end.
    ///
    /// @throws CarException when it is malformed, or of an unknown version
    static CarLayout read(CarInput in) throws IOException {
        CarHeader first = header(in);
        if (first.version() == 1)
            return new CarLayout(1, first.roots(), 0, in.offset(), Long.MAX_VALUE, 0);
        if (first.version() != 2)
            throw new CarException(0, "version " + first.version() + " is unknown");
        return second(in);
    }

    private static CarLayout second(CarInput in) throws IOException {
        long start = in.offset();
        ByteBuffer fixed =
                ByteBuffer.wrap(in.bytes(FIXED_BYTES, "the header of version 2"))
                        .order(ByteOrder.LITTLE_ENDIAN);
        long payload = fixed.getLong(16);
        long size = fixed.getLong(24);
        long index = fixed.getLong(32);
        if (payload < in.offset())
            throw new CarException(
                    start + 16,
                    "the payload's offset is "
                            + Long.toUnsignedString(payload)
                            + "; the header ends at "
                            + in.offset());
        if (size <= 0 || payload + size < 0)
            throw new CarException(
                    start + 24, "the payload's size is " + Long.toUnsignedString(size));
        if (index < 0)
            throw new CarException(
                    start + 32, "the index's offset is " + Long.toUnsignedString(index));
        in.skip(payload - in.offset(), "the padding before the payload");
        in.endAt(payload + size);
        CarHeader inner = header(in);
        if (inner.version() != 1)
            throw new CarException(
                    payload, "the payload's version is " + inner.version() + " instead of 1");
        return new CarLayout(2, inner.roots(), payload, in.offset(), payload + size, index);
    }

    private static CarHeader header(CarInput in) throws IOException {
        long start = in.offset();
        if (in.atEnd()) throw new CarException(start, "there is nothing, not even a header");
        long length = in.varint("the header's length");
        if (length > CarHeader.MAX_BYTES)
            throw new CarException(
                    start, "a header of " + length + " bytes; at most " + CarHeader.MAX_BYTES);
        byte[] bytes = in.bytes((int) length, "the header");
        try {
            return CarHeader.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedException e) {
            throw new CarException(start, e.getMessage(), e);
        }
    }
}
