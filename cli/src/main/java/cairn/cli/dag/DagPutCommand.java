package cairn.cli.dag;

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
import cairn.dag.IdentityBlocks;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Value;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import cairn.node.repo.ImportSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores values as nodes of a codec.
public final class DagPutCommand implements FileCommand {
    /// So many nodes become durable together: one that sends nodes without an end takes no more
    /// memory.
    private static final int MAX_BATCH = 10_000;

    @Override
    public Usage usage() {
        return Usage.of("dag put", "Store data as a node of a DAG")
                .arguments("[<file>...]", 0, Integer.MAX_VALUE)
                .atStore(Usage.Runs.VALUES)
                .reads(Usage.Input.FILES)
                .text("--store-codec", "codec", "What the node is stored as. Default: dag-cbor.")
                .text("--input-codec", "codec", "What the input is. Default: dag-json.")
                .flag("--pin", "Pin the nodes, with all below them.")
                .text("--hash", "hash", "The hash function. Default: sha2-256.")
                .flag("--allow-big-block", "Not possible: a block has at most 2 MiB.")
                .explain(
                        "Each file is one value, and so is standard input, where there is no file"
                                + " or it is called -. In dag-json, {\"/\": \"CID\"} is a link and"
                                + " {\"/\": {\"bytes\": \"BASE64\"}} is bytes. The codecs are raw,"
                                + " dag-pb, dag-cbor, dag-json, cbor, json and libp2p-key.")
                .explain(
                        "The input must be what the specification of its codec asks for, and what is"
                                + " stored always is.")
                .example(
                        "echo '{\"title\": \"A\", \"next\": {\"/\": \"CID\"}}' | cairn dag put",
                        "stores a map with a link, and prints its CID")
                .example(
                        "cairn dag put --input-codec=dag-cbor --store-codec=dag-json node.cbor",
                        "stores a node in another codec than its file's");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Codec input = Codecs.of(call, "--input-codec", Codec.DAG_JSON);
        Codec store = Codecs.of(call, "--store-codec", Codec.DAG_CBOR);
        try (CairnNode node = Repos.open(call, Access.WRITE);
                Batch batch = new Batch(call, node)) {
            HashFunction function = function(call, node);
            Inputs.forEach(
                    call,
                    (in, name) -> batch.put(block(value(in, name, input), store, function, name)));
            batch.finish();
        }
    }

    /// Nodes that become durable, are pinned and told of together.
    private static final class Batch implements Closeable {
        private final Invocation call;
        private final CairnNode node;
        private final List<Cid> stored = new ArrayList<>();
        private WriteSession session;

        Batch(Invocation call, CairnNode node) throws IOException {
            this.call = call;
            this.node = node;
            session = node.openSession();
        }

        void put(Block block) throws IOException {
            if (stored.size() == MAX_BATCH) {
                finish();
                session.close();
                session = node.openSession();
            }
            if (!IdentityBlocks.isIdentity(block.cid())) session.put(block);
            stored.add(block.cid());
        }

        void finish() throws IOException {
            session.commit(List.of());
            if (call.flag("--pin")) node.pins().add(stored, Pin.Mode.RECURSIVE, "", _ -> true);
            for (Cid cid : stored) print(cid, call);
            stored.clear();
        }

        @Override
        public void close() throws IOException {
            session.close();
        }
    }

    @Override
    public Outgoing outgoing(Invocation call) throws UsageException {
        Codec _ = Codecs.of(call, "--input-codec", Codec.DAG_JSON);
        Codec _ = Codecs.of(call, "--store-codec", Codec.DAG_CBOR);
        return Inputs.outgoing(call);
    }

    private static HashFunction function(Invocation call, CairnNode node) throws IOException {
        Optional<String> name = call.text("--hash");
        return name.isPresent()
                ? node.hashes().forNewBlocks(name.get())
                : node.hashes().forNewBlocks(ImportSettings.of(node.config()).build().hash());
    }

    private static Value value(ReadableByteChannel in, String name, Codec codec)
            throws IOException {
        byte[] bytes = Channels.newInputStream(in).readNBytes(Codec.MAX_INPUT_BYTES + 1);
        if (bytes.length > Codec.MAX_INPUT_BYTES)
            throw new CommandException(
                    Escapes.printable(name)
                            + " is over "
                            + (Codec.MAX_INPUT_BYTES >> 20)
                            + " MiB, more than a node may be made of; \"cairn add\" takes files of"
                            + " any size");
        try {
            return codec.decode(ByteBuffer.wrap(bytes), Codec.Mode.STRICT);
        } catch (MalformedException e) {
            throw new CommandException(
                    bytes.length == 0
                            ? Escapes.printable(name) + " is empty: there is no " + codec + " in it"
                            : Escapes.printable(name) + " can't be stored: " + e.getMessage(),
                    e);
        }
    }

    private static Block block(Value value, Codec codec, HashFunction function, String name)
            throws IOException {
        byte[] bytes = codec.encode(value);
        if (bytes.length > Block.MAX_BYTES)
            throw new CommandException(
                    Escapes.printable(name)
                            + " makes a block of "
                            + bytes.length
                            + " bytes, and one has at most 2 MiB; cut it into nodes that are"
                            + " linked");
        if (function.code().equals(Multicodec.IDENTITY) && bytes.length > function.digestSize())
            throw new CommandException(
                    "a CID takes in at most "
                            + function.digestSize()
                            + " bytes with --hash=identity, not "
                            + bytes.length);
        return Block.hashed(1, codec.code(), function, bytes);
    }

    private static void print(Cid cid, Invocation call) throws IOException {
        if (call.globals().json())
            call.out().json(new Json.Obj(Map.of("Cid", call.globals().link(cid))));
        else call.out().line(call.globals().text(cid));
    }
}
