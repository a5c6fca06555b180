package cairn.bitswap.message;

import cairn.libp2p.wire.Duplex;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.Varint;
import cairn.multiformats.protobuf.ProtoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads messages from a stream that a peer opened. Blocks are read into the array that they keep,
/// and hashed at once. Used by one thread.
public final class MessageReader {
    private static final int WANTLIST = 1;
    private static final int RAW_BLOCK = 2;
    private static final int PAYLOAD = 3;
    private static final int PRESENCE = 4;
    private static final int PENDING_BYTES = 5;

    private static final int WANTLIST_ENTRY = 1;
    private static final int WANTLIST_FULL = 2;

    private static final int PAYLOAD_PREFIX = 1;
    private static final int PAYLOAD_DATA = 2;

    /// A digest's length in a prefix that says: as long as the function makes it.
    private static final long WHOLE_DIGEST = -1;

    private final MessageInput in;
    private final Hashes hashes;
    private final ByteAllowance allowance;

    public MessageReader(Duplex in, Hashes hashes, ByteAllowance allowance) {
        this.in = new MessageInput(in);
        this.hashes = hashes;
        this.allowance = allowance;
    }

    /// Reads the next message.
    ///
    /// @return false where the other end finished before it
    /// @throws MalformedException when it is no message of Bitswap's
    public boolean read(MessageHandler handler) throws IOException {
        if (!in.begin()) return false;
        handler.begin(in.left());
        boolean full = false;
        long pending = 0;
        while (in.left() > 0) {
            long tag = in.varint();
            switch (field(tag)) {
                case WANTLIST -> full |= wantlist(part(tag, MessageLimits.MAX_BYTES), handler);
                case RAW_BLOCK -> rawBlock(part(tag, Block.MAX_BYTES), handler);
                case PAYLOAD -> payload(part(tag, MessageLimits.MAX_BYTES), handler);
                case PRESENCE -> handler.presence(presence(small(tag)));
                case PENDING_BYTES -> pending = number(tag);
                default -> skip(tag);
            }
        }
        handler.end(full, Math.clamp(pending, 0, Integer.MAX_VALUE));
        return true;
    }

    private boolean wantlist(int length, MessageHandler handler) throws IOException {
        int end = in.left() - length;
        boolean full = false;
        while (in.left() > end) {
            long tag = in.varint();
            switch (field(tag)) {
                case WANTLIST_ENTRY -> handler.entry(entry(small(tag)));
                case WANTLIST_FULL -> full = number(tag) != 0;
                default -> skip(tag);
            }
        }
        within(end);
        return full;
    }

    private static WantlistEntry entry(byte[] bytes) throws MalformedException {
        var fields = new ProtoReader("wantlist entry", ByteBuffer.wrap(bytes));
        Optional<Cid> cid = Optional.empty();
        int priority = 0;
        boolean cancel = false;
        var kind = WantlistEntry.Kind.BLOCK;
        boolean sendDontHave = false;
        for (int field; (field = fields.next()) != 0; ) {
            switch (field) {
                case 1 -> cid = Optional.of(cid(fields.bytes("block")));
                case 2 -> priority = (int) fields.number("priority");
                case 3 -> cancel = fields.number("cancel") != 0;
                case 4 -> kind = kind(fields.number("wantType"));
                case 5 -> sendDontHave = fields.number("sendDontHave") != 0;
                default -> fields.skip();
            }
        }
        Cid named = cid.orElseThrow(() -> new MalformedException("wantlist entry without a CID"));
        return cancel
                ? new WantlistEntry.Cancel(named)
                : new WantlistEntry.Want(named, kind, priority, sendDontHave);
    }

    private static WantlistEntry.Kind kind(long code) throws MalformedException {
        return switch ((int) code) {
            case 0 -> WantlistEntry.Kind.BLOCK;
            case 1 -> WantlistEntry.Kind.HAVE;
            default -> throw new MalformedException("want of type " + code);
        };
    }

    private static Presence presence(byte[] bytes) throws MalformedException {
        var fields = new ProtoReader("block presence", ByteBuffer.wrap(bytes));
        Optional<Cid> cid = Optional.empty();
        var type = Presence.Type.HAVE;
        for (int field; (field = fields.next()) != 0; ) {
            switch (field) {
                case 1 -> cid = Optional.of(cid(fields.bytes("cid")));
                case 2 -> type = presenceType(fields.number("type"));
                default -> fields.skip();
            }
        }
        return new Presence(
                cid.orElseThrow(() -> new MalformedException("block presence without a CID")),
                type);
    }

    private static Presence.Type presenceType(long code) throws MalformedException {
        return switch ((int) code) {
            case 0 -> Presence.Type.HAVE;
            case 1 -> Presence.Type.DONT_HAVE;
            default -> throw new MalformedException("block presence of type " + code);
        };
    }

    private static Cid cid(ByteBuffer bytes) throws MalformedException {
        if (bytes.remaining() > MessageLimits.MAX_CID_BYTES)
            throw new MalformedException("CID of " + bytes.remaining() + " bytes");
        Cid cid = Cid.read(bytes);
        if (bytes.hasRemaining()) throw new MalformedException("bytes behind a CID");
        return cid;
    }

    /// Of versions 1.0.0 and before: a block of which only the bytes are given.
    private void rawBlock(int length, MessageHandler handler) throws IOException {
        Prefix prefix = new Prefix(0, Multicodec.DAG_PB, Multicodec.SHA2_256, WHOLE_DIGEST);
        block(Optional.of(prefix), length, handler);
    }

    /// The prefix comes before the data with every known peer; where it doesn't, the block can't be
    /// named and is passed over.
    private void payload(int length, MessageHandler handler) throws IOException {
        int end = in.left() - length;
        Optional<Prefix> prefix = Optional.empty();
        while (in.left() > end) {
            long tag = in.varint();
            switch (field(tag)) {
                case PAYLOAD_PREFIX -> prefix = Optional.of(prefix(small(tag)));
                case PAYLOAD_DATA -> block(prefix, part(tag, Block.MAX_BYTES), handler);
                default -> skip(tag);
            }
        }
        within(end);
    }

    /// What a CID is before its digest.
    ///
    /// @param digestBytes how long the digest is, or [#WHOLE_DIGEST]
    private record Prefix(int version, Multicodec codec, Multicodec hash, long digestBytes) {}

    private static Prefix prefix(byte[] bytes) throws MalformedException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long version = Varint.read(buffer);
        Multicodec codec = Multicodec.of(Varint.read(buffer));
        Multicodec hash = Multicodec.of(Varint.read(buffer));
        if (version != 0 && version != 1) throw new MalformedException("CID version " + version);
        // Go writes a signed -1 for "whole" as a varint of ten bytes, which is no varint here.
        return new Prefix(
                (int) version,
                codec,
                hash,
                buffer.remaining() >= Varint.MAX_BYTES ? WHOLE_DIGEST : Varint.read(buffer));
    }

    private void block(Optional<Prefix> prefix, int length, MessageHandler handler)
            throws IOException {
        Optional<HashFunction> function = prefix.flatMap(this::function);
        if (function.isEmpty()) {
            in.skip(length);
            handler.unnamed(length);
            return;
        }
        try (ByteAllowance.Grant grant = allowance.take(length)) {
            byte[] data = in.bytes(length);
            grant.arrived();
            handler.block(named(prefix.get(), function.get(), data));
        }
    }

    private Block named(Prefix prefix, HashFunction function, byte[] data) throws IOException {
        int digestBytes = digestBytes(prefix, function);
        if (digestBytes == function.usualDigestSize())
            return Block.hashed(prefix.version(), prefix.codec(), function, data);
        byte[] digest = function.digest(data, 0, data.length, digestBytes);
        Multihash hash = Multihash.of(function.code(), digest);
        return Block.verified(new Cid(prefix.version(), prefix.codec(), hash), data, hashes);
    }

    /// The function that names a block, where it may and can.
    private Optional<HashFunction> function(Prefix prefix) {
        if (prefix.hash().equals(Multicodec.IDENTITY) || !Hashes.isAllowed(prefix.hash()))
            return Optional.empty();
        if (prefix.version() == 0
                && !(prefix.hash().equals(Multicodec.SHA2_256)
                        && prefix.codec().equals(Multicodec.DAG_PB))) return Optional.empty();
        return hashes.find(prefix.hash())
                .filter(function -> digestBytes(prefix, function) >= function.minDigestSize())
                .filter(function -> digestBytes(prefix, function) <= function.digestSize())
                .filter(function -> prefix.version() == 1 || isWhole(prefix, function));
    }

    private static boolean isWhole(Prefix prefix, HashFunction function) {
        return digestBytes(prefix, function) == function.usualDigestSize();
    }

    private static int digestBytes(Prefix prefix, HashFunction function) {
        return prefix.digestBytes() == WHOLE_DIGEST
                ? function.usualDigestSize()
                : Math.clamp(prefix.digestBytes(), 0, Integer.MAX_VALUE);
    }

    private int part(long tag, int most) throws IOException {
        if ((tag & 7) != ProtoReader.BYTES)
            throw new MalformedException("field " + field(tag) + " of wire type " + (tag & 7));
        return in.length(most);
    }

    private byte[] small(long tag) throws IOException {
        return in.bytes(part(tag, MessageLimits.MAX_PART_BYTES));
    }

    private long number(long tag) throws IOException {
        if ((tag & 7) != ProtoReader.VARINT)
            throw new MalformedException("field " + field(tag) + " of wire type " + (tag & 7));
        return in.varint();
    }

    private static int field(long tag) throws MalformedException {
        long field = tag >>> 3;
        if (field == 0 || field > (1 << 29) - 1)
            throw new MalformedException("no field number " + field);
        return (int) field;
    }

    private void skip(long tag) throws IOException {
        switch ((int) (tag & 7)) {
            case ProtoReader.VARINT -> in.varint();
            case ProtoReader.BYTES -> in.skip(in.length(MessageLimits.MAX_BYTES));
            case ProtoReader.FIXED32 -> in.skip(fixed(Integer.BYTES));
            case ProtoReader.FIXED64 -> in.skip(fixed(Long.BYTES));
            default -> throw new MalformedException("wire type " + (tag & 7));
        }
    }

    private int fixed(int bytes) throws MalformedException {
        if (in.left() < bytes) throw new MalformedException("unknown field is cut short");
        return bytes;
    }

    /// A part was read to its end and not beyond.
    private void within(int end) throws MalformedException {
        if (in.left() < end) throw new MalformedException("a field passes the end of its message");
    }
}
