package cairn.bitswap.message;

import cairn.libp2p.wire.Duplex;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import cairn.multiformats.Varint;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A message to be sent: each version of the protocol gets of it what it understands.
///
/// @param full whether the entries are all that is wanted, rather than changes
/// @param pendingBytes how much is yet to be sent to the peer
public record OutgoingMessage(
        boolean full,
        List<WantlistEntry> wantlist,
        List<Block> blocks,
        List<Presence> presences,
        int pendingBytes) {
    /// What an entry or a presence takes beside its CID, at most.
    private static final int PART_OVERHEAD = 32;

    public OutgoingMessage {
        wantlist = List.copyOf(wantlist);
        blocks = List.copyOf(blocks);
        presences = List.copyOf(presences);
    }

    /// Changes of a wantlist.
    public static OutgoingMessage wants(List<WantlistEntry> changes) {
        return new OutgoingMessage(false, changes, List.of(), List.of(), 0);
    }

    /// An answer to a wantlist.
    public static OutgoingMessage reply(
            List<Block> blocks, List<Presence> presences, int pendingBytes) {
        return new OutgoingMessage(false, List.of(), blocks, presences, pendingBytes);
    }

    /// How much of a message an entry or presence of a CID takes, at most.
    public static int partBytes(Cid cid) {
        return cid.size() + PART_OVERHEAD;
    }

    /// How much of a message a block takes, at most.
    public static int blockBytes(Block block) {
        return block.size() + partBytes(block.cid());
    }

    /// Sends it: what surrounds the blocks in small pieces, the blocks from where they are.
    ///
    /// @return the bytes that were written
    public long writeTo(Duplex out, BitswapVersion version) throws IOException {
        byte[] head = head(version);
        List<byte[]> heads = new ArrayList<>();
        List<Block> sent = new ArrayList<>();
        long length = head.length;
        for (Block block : blocks) {
            if (!version.knowsPrefixes() && block.cid().version() != 0) continue;
            byte[] before = beforeBlock(block, version);
            heads.add(before);
            sent.add(block);
            length += before.length + block.size();
        }
        if (length == 0) return 0;
        byte[] framed = framed(length, head);
        out.write(framed, 0, framed.length);
        for (int i = 0; i < sent.size(); i++) {
            out.write(heads.get(i), 0, heads.get(i).length);
            out.write(sent.get(i).bytes(), 0, sent.get(i).size());
        }
        return Varint.size(length) + length;
    }

    private static byte[] framed(long length, byte[] head) {
        ByteBuffer framed = ByteBuffer.allocate(Varint.size(length) + head.length);
        Varint.write(length, framed);
        return framed.put(head).array();
    }

    /// All but the blocks: their order doesn't matter to who reads.
    private byte[] head(BitswapVersion version) {
        ProtoMessage message = new ProtoMessage();
        if (full || !wantlist.isEmpty()) message.message(1, wantlist(version));
        if (!version.knowsPresences()) return message.encode();
        for (Presence presence : presences)
            message.message(
                    4,
                    new ProtoMessage()
                            .bytes(1, presence.cid().bytes())
                            .number(2, presence.type().code()));
        if (pendingBytes > 0) message.number(5, pendingBytes);
        return message.encode();
    }

    private ProtoMessage wantlist(BitswapVersion version) {
        ProtoMessage list = new ProtoMessage();
        for (WantlistEntry entry : wantlist) {
            ProtoMessage encoded = new ProtoMessage().bytes(1, entry.cid().bytes());
            switch (entry) {
                case WantlistEntry.Cancel cancel -> encoded.number(3, 1);
                case WantlistEntry.Want want -> {
                    encoded.number(2, want.priority());
                    if (version.knowsPresences()) {
                        encoded.number(4, want.kind().code());
                        if (want.sendDontHave()) encoded.number(5, 1);
                    } else if (want.kind() == WantlistEntry.Kind.HAVE) {
                        continue; // it would be taken for a want of the block
                    }
                }
            }
            list.message(1, encoded);
        }
        if (full) list.number(2, 1);
        return list;
    }

    private static byte[] beforeBlock(Block block, BitswapVersion version) {
        ByteBuffer head = ByteBuffer.allocate(MessageLimits.MAX_CID_BYTES + PART_OVERHEAD);
        if (version.knowsPrefixes()) {
            byte[] prefix = prefix(block.cid());
            int payload = ProtoWriter.bytes(prefix.length) + ProtoWriter.bytes(block.size());
            ProtoWriter.putBytesHead(3, payload, head);
            ProtoWriter.putBytesHead(1, prefix.length, head);
            head.put(prefix);
        }
        ProtoWriter.putBytesHead(2, block.size(), head);
        byte[] bytes = new byte[head.position()];
        head.flip().get(bytes);
        return bytes;
    }

    private static byte[] prefix(Cid cid) {
        Multihash hash = cid.hash();
        ByteBuffer prefix = ByteBuffer.allocate(4 * Varint.MAX_BYTES);
        for (long part :
                List.of(
                        (long) cid.version(),
                        cid.codec().code(),
                        hash.function().code(),
                        (long) hash.digestSize())) Varint.write(part, prefix);
        byte[] bytes = new byte[prefix.position()];
        prefix.flip().get(bytes);
        return bytes;
    }
}
