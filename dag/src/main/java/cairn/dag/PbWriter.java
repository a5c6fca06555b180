package cairn.dag;

import cairn.multiformats.protobuf.ProtoWriter;
import cairn.multiformats.Cid;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// Writes a dag-pb node field by field, in the order in which it is told them: only names and
/// tsizes that are there, unlike [PbNode#encode]. Links come before data.
public final class PbWriter implements PbNode.Fields {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Override
    public void link(Cid cid, Optional<LinkName> name, OptionalLong tsize) {
        int size = ProtoWriter.bytes(cid.size());
        if (name.isPresent()) size += ProtoWriter.bytes(name.get().size());
        if (tsize.isPresent()) size += ProtoWriter.number(tsize.getAsLong());
        ByteBuffer link = ByteBuffer.allocate(ProtoWriter.bytes(size));
        ProtoWriter.putBytesHead(PbNode.LINKS, size, link);
        ProtoWriter.putBytesHead(PbNode.HASH, cid.size(), link);
        cid.writeTo(link);
        if (name.isPresent()) {
            ProtoWriter.putBytesHead(PbNode.NAME, name.get().size(), link);
            name.get().writeTo(link);
        }
        if (tsize.isPresent()) ProtoWriter.putNumber(PbNode.TSIZE, tsize.getAsLong(), link);
        out.writeBytes(link.array());
    }

    @Override
    public void data(ByteBuffer data) {
        ByteBuffer field = ByteBuffer.allocate(ProtoWriter.bytes(data.remaining()));
        ProtoWriter.putBytesHead(PbNode.DATA, data.remaining(), field);
        field.put(data.duplicate());
        out.writeBytes(field.array());
    }

    /// The node as the bytes of a block.
    public byte[] bytes() {
        return out.toByteArray();
    }
}
