package cairn.cli.blocks;

import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.FileCommand;
import cairn.cli.daemon.Inputs;
import cairn.cli.daemon.Outgoing;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;

/// Stores bytes as blocks.
public final class BlockPutCommand implements FileCommand {
    private static final long WHOLE = -1;

    /// So many blocks become durable together: one that sends blocks without an end takes no more
    /// memory.
    private static final int MAX_BATCH = 10_000;

    @Override
    public Usage usage() {
        return Usage.of("block put", "Store bytes as blocks")
                .arguments("[<file>...]", 0, Integer.MAX_VALUE)
                .atStore(Usage.Runs.VALUES)
                .reads(Usage.Input.FILES)
                .text("--cid-codec", "codec", "What the bytes are. Default: raw.")
                .text("--mhtype", "hash", "The hash function. Default: sha2-256.")
                .number("--mhlen", "bytes", "How much of the hash to keep. Default: -1, as usual.")
                .flag("--pin", "Pin the blocks, with all below them.")
                .flag("--allow-big-block", "Not possible: a block has at most 2 MiB.")
                .text("-f --format", "format", "v0 for a CID of version 0; else like --cid-codec.")
                .explain("Without files, the bytes come from standard input.")
                .example("echo hello | cairn block put", "stores six bytes and prints their CID");
    }

    /// A block that was put.
    private record Put(Cid cid, int size) {}

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        try (CairnNode node = Repos.open(call, Access.WRITE)) {
            HashFunction function =
                    node.hashes().forNewBlocks(call.text("--mhtype").orElse("sha2-256"));
            try (Batch batch = new Batch(call, node)) {
                Inputs.forEach(
                        call,
                        (in, name) -> batch.put(read(Channels.newInputStream(in), name), function));
                batch.finish();
            }
        }
    }

    @Override
    public Outgoing outgoing(Invocation call) {
        return Inputs.outgoing(call);
    }

    /// Stores each block as it comes, so that no more than one is held, and tells of it when it is
    /// durable.
    private static final class Batch implements Closeable {
        private final Invocation call;
        private final CairnNode node;
        private final List<Put> stored = new ArrayList<>();
        private WriteSession session;

        Batch(Invocation call, CairnNode node) throws IOException {
            this.call = call;
            this.node = node;
            session = node.openSession();
        }

        void put(byte[] bytes, HashFunction function) throws IOException, UsageException {
            Cid cid = cid(multihash(bytes, function, call), call);
            session.put(Block.verified(cid, bytes, node.hashes()));
            stored.add(new Put(cid, bytes.length));
            if (stored.size() < MAX_BATCH) return;
            finish();
            session.close();
            session = node.openSession();
        }

        void finish() throws IOException {
            session.commit(List.of());
            for (Put block : stored) {
                if (call.flag("--pin")) node.pins().add(block.cid, Pin.Mode.RECURSIVE, "");
                if (call.globals().json())
                    call.out().json(Blocks.describe(block.cid, block.size, call));
                else call.out().line(call.globals().text(block.cid));
            }
            stored.clear();
        }

        @Override
        public void close() throws IOException {
            session.close();
        }
    }

    private static byte[] read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(Block.MAX_BYTES + 1);
        if (bytes.length > Block.MAX_BYTES)
            throw new CommandException(
                    Escapes.printable(name)
                            + " is over 2 MiB, more than a block may have; \"cairn add\" cuts it"
                            + " into blocks");
        return bytes;
    }

    private static Cid cid(Multihash hash, Invocation call) throws UsageException {
        String format = call.text("--format").orElse("");
        if (format.equals("v0")) {
            if (!Cid.isV0(hash))
                throw new UsageException("a CID of version 0 has a sha2-256 of 32 bytes");
            return Cid.v0(hash);
        }
        String name = call.text("--cid-codec").orElse(format.isEmpty() ? "raw" : legacy(format));
        return Cid.v1(codec(name), hash);
    }

    private static String legacy(String format) {
        return switch (format) {
            case "protobuf" -> "dag-pb";
            case "cbor" -> "dag-cbor";
            default -> format;
        };
    }

    private static Multihash multihash(byte[] bytes, HashFunction function, Invocation call)
            throws UsageException {
        if (function.code().equals(Multicodec.IDENTITY)) return identity(bytes);
        long length = call.number("--mhlen").orElse(WHOLE);
        if (length == WHOLE) return function.hash(bytes, 0, bytes.length);
        if (length < function.minDigestSize() || length > function.digestSize())
            throw new UsageException(
                    "--mhlen must be from "
                            + function.minDigestSize()
                            + " to "
                            + function.digestSize()
                            + " for this hash function, not "
                            + length);
        return Multihash.of(function.code(), function.digest(bytes, 0, bytes.length, (int) length));
    }

    /// The bytes themselves, whole whatever `--mhlen` says, as in Kubo.
    private static Multihash identity(byte[] bytes) throws UsageException {
        if (bytes.length > Multihash.MAX_DIGEST_BYTES)
            throw new UsageException(
                    "a CID takes in at most "
                            + Multihash.MAX_DIGEST_BYTES
                            + " bytes with --mhtype=identity, not "
                            + bytes.length);
        return Multihash.of(Multicodec.IDENTITY, bytes);
    }

    private static Multicodec codec(String name) throws UsageException {
        return Multicodec.named(name)
                .orElseThrow(() -> new UsageException("unknown multicodec: \"" + name + "\""));
    }
}
