package cairn.dag.codec;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A way to write a [Value] as the bytes of a block, and to read it again.
///
/// What is written has one form only. Reading is strict, for what somebody is about to write: the
/// codec's specification; or tolerant, for what others wrote long ago: what Kubo reads, and the
/// longer forms of integers that decoders before its took. What is strict is tolerant too. Where
/// Kubo differs is written down in decision 0012.
///
/// **Limits:** 8 MiB of input, [Value#MAX_DEPTH] levels, [#MAX_VALUES] values, 48 MiB of memory
/// that a value takes.
public enum Codec {
    RAW(0x55, "raw"),
    DAG_PB(0x70, "dag-pb"),
    DAG_CBOR(0x71, "dag-cbor"),
    DAG_JSON(0x0129, "dag-json"),
    CBOR(0x51, "cbor"),
    JSON(0x0200, "json"),
    LIBP2P_KEY(0x72, "libp2p-key");

    /// The longest input, in bytes. More than a block, since a text that becomes one may be longer
    /// than it.
    public static final int MAX_INPUT_BYTES = 8 << 20;

    /// The most values in one input: no block has room for more.
    public static final int MAX_VALUES = 2 << 20;

    private static final Codec[] ALL = values();

    private final long code;
    private final String label;

    Codec(long code, String label) {
        this.code = code;
        this.label = label;
    }

    /// How much is taken when reading.
    public enum Mode {
        STRICT,
        TOLERANT
    }

    /// The codec that a CID names; empty for one that isn't known here.
    public static Optional<Codec> of(Multicodec code) {
        for (Codec codec : ALL) if (codec.code == code.code()) return Optional.of(codec);
        return Optional.empty();
    }

    /// The codec with a name, such as `dag-cbor`, or a number, such as `0x71` or `113`.
    public static Optional<Codec> named(String name) {
        for (Codec codec : ALL) if (codec.label.equals(name)) return Optional.of(codec);
        try {
            long code = Long.decode(name);
            return code < 0 ? Optional.empty() : of(Multicodec.of(code));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    public Multicodec code() {
        return Multicodec.of(code);
    }

    /// Reads the buffer's remaining bytes; its position stays.
    ///
    /// @throws MalformedException when they are not one value and nothing else; it says where
    public Value decode(ByteBuffer bytes, Mode mode) throws MalformedException {
        if (bytes.remaining() > MAX_INPUT_BYTES)
            throw new MalformedException(
                    label + ": " + bytes.remaining() + " bytes; at most " + MAX_INPUT_BYTES);
        boolean strict = mode == Mode.STRICT;
        return switch (this) {
            case RAW, LIBP2P_KEY -> new Value.Bytes(Octets.of(bytes));
            case DAG_PB -> PbForm.decode(bytes, strict);
            case DAG_CBOR, CBOR -> CborDecoder.decode(this, strict, bytes);
            case DAG_JSON, JSON -> JsonDecoder.decode(this, strict, bytes);
        };
    }

    /// Writes a value.
    ///
    /// @throws DagException when the codec can't hold it, such as links in cbor
    public byte[] encode(Value value) throws DagException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            encode(value, out);
        } catch (DagException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /// Writes a value to a stream, in small pieces. It may be six times as long as the block that
    /// the value comes from, and more.
    ///
    /// @throws DagException when the codec can't hold it; a part of it may have been written
    /// @throws IOException what the stream throws
    public void encode(Value value, OutputStream out) throws IOException {
        switch (this) {
            case RAW, LIBP2P_KEY -> {
                if (!(value instanceof Value.Bytes(Octets data)))
                    throw unfit(this, "anything but bytes");
                data.writeTo(out);
            }
            case DAG_PB -> out.write(PbForm.encode(value));
            case DAG_CBOR, CBOR -> CborEncoder.encode(this, value, out);
            case DAG_JSON, JSON -> JsonEncoder.encode(this, value, out);
        }
    }

    /// The depth below a list or map at a depth.
    static int deeper(int depth, Codec codec) throws DagException {
        if (depth >= Value.MAX_DEPTH)
            throw unfit(codec, "more than " + Value.MAX_DEPTH + " levels");
        return depth + 1;
    }

    static DagException unfit(Codec codec, String what) {
        return new DagException(codec + " can't hold " + what);
    }

    static String quoted(Value.Text text) {
        return LinkName.of(text.utf8().bytes()).quoted();
    }

    /// The name in the registry, such as `dag-cbor`.
    @Override
    public String toString() {
        return label;
    }
}
