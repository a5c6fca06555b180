package cairn.dag;

import cairn.multiformats.MalformedException;
import cairn.multiformats.protobuf.ProtoReader;
import cairn.multiformats.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the data of a dag-pb node says in UnixFS: part of a file, a directory, a shard of one, a
/// symbolic link.
///
/// Source: specs.ipfs.tech/unixfs, section "dag-pb Node", message `Data`.
///
/// @param data a file's bytes in this node, a symlink's target, a shard's bitmap; a view, read-only
/// @param fileSize the bytes of the file below this node
/// @param blockSizes the bytes of the file below each link
/// @param hashType of a shard: the multicodec of the function that places names
/// @param fanout of a shard
/// @param mode POSIX permissions and the set-id and sticky bits: 12 bits that count
public record UnixFs(
        Type type,
        Optional<ByteBuffer> data,
        OptionalLong fileSize,
        List<Long> blockSizes,
        OptionalLong hashType,
        OptionalLong fanout,
        OptionalInt mode,
        Optional<Mtime> mtime) {
    /// The kinds of node, with their number on the wire.
    public enum Type {
        RAW(0),
        DIRECTORY(1),
        FILE(2),
        METADATA(3),
        SYMLINK(4),
        HAMT_SHARD(5);

        private final int number;

        Type(int number) {
            this.number = number;
        }
    }

    private static final int TYPE = 1;
    private static final int DATA = 2;
    private static final int FILE_SIZE = 3;
    private static final int BLOCK_SIZES = 4;
    private static final int HASH_TYPE = 5;
    private static final int FANOUT = 6;
    private static final int MODE = 7;
    private static final int MTIME = 8;
    private static final int SECONDS = 1;
    private static final int NANOS = 2;

    public UnixFs {
        data = data.map(ByteBuffer::asReadOnlyBuffer);
        blockSizes = List.copyOf(blockSizes);
    }

    /// A node of a type and nothing else.
    public static UnixFs of(Type type) {
        return new UnixFs(
                type,
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    public UnixFs withData(ByteBuffer bytes) {
        return new UnixFs(
                type, Optional.of(bytes), fileSize, blockSizes, hashType, fanout, mode, mtime);
    }

    public UnixFs withSizes(long size, List<Long> sizes) {
        return new UnixFs(type, data, OptionalLong.of(size), sizes, hashType, fanout, mode, mtime);
    }

    public UnixFs withShard(long hash, long links) {
        return new UnixFs(
                type,
                data,
                fileSize,
                blockSizes,
                OptionalLong.of(hash),
                OptionalLong.of(links),
                mode,
                mtime);
    }

    public UnixFs withMetadata(OptionalInt newMode, Optional<Mtime> newMtime) {
        return new UnixFs(type, data, fileSize, blockSizes, hashType, fanout, newMode, newMtime);
    }

    /// Reads the message. Unknown fields are passed over, as protobuf demands.
    ///
    /// @throws MalformedException when it is none
    public static UnixFs decode(ByteBuffer message) throws MalformedException {
        ProtoReader in = new ProtoReader("UnixFS data", message);
        Type type = null;
        Optional<ByteBuffer> data = Optional.empty();
        OptionalLong fileSize = OptionalLong.empty();
        List<Long> blockSizes = new ArrayList<>();
        OptionalLong hashType = OptionalLong.empty();
        OptionalLong fanout = OptionalLong.empty();
        OptionalInt mode = OptionalInt.empty();
        Optional<Mtime> mtime = Optional.empty();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case TYPE -> type = type(in.number("type"));
                case DATA -> data = Optional.of(in.bytes("data"));
                case FILE_SIZE -> fileSize = OptionalLong.of(in.size("filesize"));
                case BLOCK_SIZES -> readBlockSizes(in, blockSizes);
                case HASH_TYPE -> hashType = OptionalLong.of(in.size("hashType"));
                case FANOUT -> fanout = OptionalLong.of(in.size("fanout"));
                case MODE -> mode = OptionalInt.of((int) in.number("mode"));
                case MTIME -> mtime = Optional.of(mtime(in.bytes("mtime")));
                default -> in.skip();
            }
        }
        if (type == null) throw new MalformedException("UnixFS data: no type");
        return new UnixFs(type, data, fileSize, blockSizes, hashType, fanout, mode, mtime);
    }

    private static Type type(long number) throws MalformedException {
        for (Type type : Type.values()) if (type.number == number) return type;
        throw new MalformedException("UnixFS data: unknown type " + Long.toUnsignedString(number));
    }

    private static void readBlockSizes(ProtoReader in, List<Long> sizes) throws MalformedException {
        if (in.wireType() != ProtoReader.BYTES) {
            sizes.add(in.size("blocksizes"));
            return;
        }
        ByteBuffer packed = in.bytes("blocksizes");
        while (packed.hasRemaining()) sizes.add(in.packedSize("blocksizes", packed));
    }

    private static Mtime mtime(ByteBuffer message) throws MalformedException {
        ProtoReader in = new ProtoReader("UnixFS mtime", message);
        long seconds = 0;
        boolean found = false;
        long nanos = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case SECONDS -> {
                    seconds = in.number("seconds");
                    found = true;
                }
                case NANOS -> nanos = Integer.toUnsignedLong(in.fixed32("nanoseconds"));
                default -> in.skip();
            }
        }
        if (!found) throw new MalformedException("UnixFS mtime: no seconds");
        if (nanos > 999_999_999)
            throw new MalformedException("UnixFS mtime: nanoseconds of " + nanos);
        return new Mtime(seconds, (int) nanos);
    }

    /// The message in bytes, fields in the order of their numbers.
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(encodedSize());
        ProtoWriter.putNumber(TYPE, type.number, out);
        data.ifPresent(
                d -> {
                    ProtoWriter.putBytesHead(DATA, d.remaining(), out);
                    out.put(d.duplicate());
                });
        fileSize.ifPresent(size -> ProtoWriter.putNumber(FILE_SIZE, size, out));
        for (long size : blockSizes) ProtoWriter.putNumber(BLOCK_SIZES, size, out);
        hashType.ifPresent(hash -> ProtoWriter.putNumber(HASH_TYPE, hash, out));
        fanout.ifPresent(links -> ProtoWriter.putNumber(FANOUT, links, out));
        mode.ifPresent(bits -> ProtoWriter.putNumber(MODE, Integer.toUnsignedLong(bits), out));
        mtime.ifPresent(
                time -> {
                    ProtoWriter.putBytesHead(MTIME, mtimeSize(time), out);
                    ProtoWriter.putNumber(SECONDS, time.seconds(), out);
                    if (time.nanos() > 0) ProtoWriter.putFixed32(NANOS, time.nanos(), out);
                });
        return out.array();
    }

    private int encodedSize() {
        int size = ProtoWriter.number(type.number);
        if (data.isPresent()) size += ProtoWriter.bytes(data.get().remaining());
        if (fileSize.isPresent()) size += ProtoWriter.number(fileSize.getAsLong());
        for (long blockSize : blockSizes) size += ProtoWriter.number(blockSize);
        if (hashType.isPresent()) size += ProtoWriter.number(hashType.getAsLong());
        if (fanout.isPresent()) size += ProtoWriter.number(fanout.getAsLong());
        if (mode.isPresent()) size += ProtoWriter.number(Integer.toUnsignedLong(mode.getAsInt()));
        if (mtime.isPresent()) size += ProtoWriter.bytes(mtimeSize(mtime.get()));
        return size;
    }

    private static int mtimeSize(Mtime time) {
        return ProtoWriter.number(time.seconds()) + (time.nanos() > 0 ? ProtoWriter.FIXED32 : 0);
    }
}
