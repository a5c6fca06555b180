package cairn.node.gateways;

import cairn.bitswap.client.Source;
import cairn.bitswap.client.SourceAnswers;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashMismatchException;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps what a source answers, and bans it as a session does.
final class Answers implements SourceAnswers {
    private static final Hashes HASHES = Hashes.jdk();

    final Map<Cid, Block> blocks = new ConcurrentHashMap<>();
    final Set<Cid> there = ConcurrentHashMap.newKeySet();
    final Set<Cid> missing = ConcurrentHashMap.newKeySet();
    final Map<Cid, IOException> failed = new ConcurrentHashMap<>();
    private final Source source;

    Answers(Source source) {
        this.source = source;
    }

    @Override
    public void block(Cid cid, byte[] bytes) {
        try {
            block(Block.verified(cid, bytes, HASHES));
        } catch (HashMismatchException | UnknownHashException e) {
            source.banned(new IOException(e));
            failed.put(cid, new IOException(e));
        }
    }

    @Override
    public void block(Block block) {
        blocks.put(block.cid(), block);
    }

    @Override
    public void have(Cid cid) {
        there.add(cid);
    }

    @Override
    public void dontHave(Cid cid) {
        missing.add(cid);
    }

    @Override
    public void failed(Cid cid, IOException why) {
        failed.put(cid, why);
    }

    int count() {
        return blocks.size() + there.size() + missing.size() + failed.size();
    }

    static Block block(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    static Block block(byte[] bytes) {
        var function = HASHES.find(Multicodec.SHA2_256).orElseThrow();
        return Block.hashed(1, Multicodec.RAW, function, bytes);
    }

    static Block block(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return block(bytes);
    }
}
