package cairn.cli.command;

import cairn.blockstore.Pin;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.RawText;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.UnknownHashException;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.ImportSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Stores bytes as blocks.
public final class BlockPutCommand implements Command {
    private static final long WHOLE = -1;

    @Override
    public Usage usage() {
        return Usage.of("block put", "Store bytes as blocks")
                .arguments("[<file>...]", 0, Integer.MAX_VALUE)
                .text("--cid-codec", "codec", "What the bytes are. Default: raw.")
                .text("--mhtype", "hash", "The hash function. Default: sha2-256.")
                .number("--mhlen", "bytes", "How much of the hash to keep. Default: -1, all.")
                .flag("--pin", "Pin the blocks, with all below them.")
                .flag("--allow-big-block", "Not possible: a block has at most 2 MiB.")
                .text("-f --format", "format", "v0 for a CID of version 0; else like --cid-codec.")
                .explain("Without files, the bytes come from standard input.")
                .example("echo hello | cairn block put", "stores six bytes and prints their CID");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        try (CairnNode node = Repos.open(call, Access.WRITE)) {
            List<Block> blocks = new ArrayList<>();
            if (call.arguments().isEmpty())
                blocks.add(block(read(call.surroundings().in(), "standard input"), call, node));
            for (String file : call.arguments())
                try (InputStream in = Files.newInputStream(RawText.path(file))) {
                    blocks.add(block(read(in, file), call, node));
                }
            node.blocks().putAll(blocks);
            for (Block block : blocks) {
                if (call.flag("--pin")) node.pins().add(block.cid(), Pin.Mode.RECURSIVE, "");
                if (call.globals().json()) call.out().json(Blocks.describe(block, call));
                else call.out().line(call.globals().text(block.cid()));
            }
        }
    }

    private static byte[] read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(Block.MAX_BYTES + 1);
        if (bytes.length > Block.MAX_BYTES)
            throw new CommandException(
                    name
                            + " is over 2 MiB, more than a block may have; \"cairn add\" cuts it"
                            + " into blocks");
        return bytes;
    }

    private static Block block(byte[] bytes, Invocation call, CairnNode node)
            throws IOException, UsageException {
        String format = call.text("--format").orElse("");
        Multicodec hash = ImportSettings.hash(call.text("--mhtype").orElse("sha2-256"));
        Multihash multihash = multihash(bytes, hash, call, node.hashes());
        if (format.equals("v0")) {
            if (!Cid.isV0(multihash))
                throw new UsageException("a CID of version 0 has a sha2-256 of 32 bytes");
            return Block.verified(Cid.v0(multihash), bytes, node.hashes());
        }
        String name = call.text("--cid-codec").orElse(format.isEmpty() ? "raw" : legacy(format));
        return Block.verified(Cid.v1(codec(name), multihash), bytes, node.hashes());
    }

    private static String legacy(String format) {
        return switch (format) {
            case "protobuf" -> "dag-pb";
            case "cbor" -> "dag-cbor";
            default -> format;
        };
    }

    private static Multihash multihash(
            byte[] bytes, Multicodec code, Invocation call, Hashes hashes)
            throws IOException, UsageException {
        HashFunction function = hashes.find(code).orElseThrow(() -> new UnknownHashException(code));
        byte[] digest = function.digest(bytes, 0, bytes.length);
        long length = call.number("--mhlen").orElse(WHOLE);
        if (length == WHOLE) return Multihash.of(code, digest);
        if (length < function.minDigestSize() || length > digest.length)
            throw new UsageException(
                    "--mhlen must be from "
                            + function.minDigestSize()
                            + " to "
                            + digest.length
                            + " for this hash function, not "
                            + length);
        return Multihash.of(code, Arrays.copyOf(digest, (int) length));
    }

    private static Multicodec codec(String name) throws UsageException {
        return Multicodec.named(name)
                .orElseThrow(() -> new UsageException("unknown multicodec: \"" + name + "\""));
    }
}
