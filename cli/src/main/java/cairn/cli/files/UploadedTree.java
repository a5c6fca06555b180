package cairn.cli.files;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.Mtime;
import cairn.dag.tree.BrokenOffException;
import cairn.dag.tree.Metadata;
import cairn.dag.tree.TreeEntry;
import cairn.dag.tree.TreeStream;
import cairn.rpc.server.Part;
import cairn.rpc.server.RequestException;
import cairn.rpc.server.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// The files and folders that a client sends.
final class UploadedTree implements TreeStream {
    /// A reason is a few words.
    private static final int MAX_REASON_BYTES = 4096;

    private static final int MAX_DIGITS = 18;

    private final Upload parts;
    private final LongConsumer total;
    private Optional<Part> ahead = Optional.empty();
    private boolean isAhead;

    /// @param total hears how many bytes there will be, once the client has told
    UploadedTree(Upload parts, LongConsumer total) {
        this.parts = parts;
        this.total = total;
    }

    @Override
    public Optional<TreeEntry> next() throws IOException {
        for (Optional<Part> next = taken(); next.isPresent(); next = taken()) {
            Part part = next.get();
            if (part.type().equals(UploadTypes.TOTAL)) total.accept(number(part));
            else return Optional.of(entry(part));
        }
        return Optional.empty();
    }

    private Optional<Part> taken() throws IOException {
        if (!isAhead) return parts.next();
        isAhead = false;
        return ahead;
    }

    /// A file's bytes. Behind the last it looks whether the sender says that these aren't all.
    private final class Content extends InputStream {
        private final InputStream in;
        private boolean over;

        Content(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            if (read < 0 && !over) {
                over = true;
                ahead = parts.next();
                isAhead = true;
                if (ahead.isPresent() && ahead.get().type().equals(UploadTypes.BROKEN_OFF)) {
                    isAhead = false;
                    throw new BrokenOffException(
                            path(ahead.get()), text(ahead.get(), MAX_REASON_BYTES));
                }
            }
            return read;
        }
    }

    private TreeEntry entry(Part part) throws IOException {
        return switch (part.type()) {
            case UploadTypes.FOLDER -> new TreeEntry.Directory(named(folder(part)), metadata(part));
            case UploadTypes.SYMLINK ->
                    new TreeEntry.Symlink(
                            named(path(part)),
                            metadata(part),
                            LinkName.of(bytes(part, TreeEntry.MAX_TARGET_BYTES)));
            case UploadTypes.UNREADABLE, UploadTypes.UNREADABLE_ROOT, UploadTypes.BROKEN_OFF ->
                    new TreeEntry.Unreadable(
                            path(part),
                            text(part, MAX_REASON_BYTES),
                            part.type().equals(UploadTypes.UNREADABLE_ROOT));
            default ->
                    new TreeEntry.File(names(path(part)), metadata(part), new Content(part.in()));
        };
    }

    private static LinkName path(Part part) {
        return LinkName.of(part.path());
    }

    /// Some clients end a folder's path with a slash.
    private static LinkName folder(Part part) {
        ByteBuffer path = part.path().duplicate();
        int last = path.limit() - 1;
        if (last > 0 && path.get(last) == '/') path.limit(last);
        return LinkName.of(path);
    }

    private static List<LinkName> names(LinkName path) throws RequestException {
        try {
            return TreeEntry.names(path);
        } catch (DagException e) {
            throw new RequestException(e.getMessage());
        }
    }

    private static List<LinkName> named(LinkName path) throws RequestException {
        if (path.isEmpty()) throw new RequestException("a folder or link needs a name");
        return names(path);
    }

    private static Metadata metadata(Part part) {
        return new Metadata(part.mode(), part.mtime().map(Mtime::of));
    }

    private static byte[] bytes(Part part, int most) throws IOException {
        byte[] bytes = part.in().readNBytes(most + 1);
        if (bytes.length > most)
            throw new RequestException(
                    "a part of type " + part.type() + " has at most " + most + " bytes");
        return bytes;
    }

    private static String text(Part part, int most) throws IOException {
        return new String(bytes(part, most), StandardCharsets.UTF_8);
    }

    private static long number(Part part) throws IOException {
        String digits = text(part, MAX_DIGITS);
        if (!digits.matches("\\d+")) throw new RequestException("a total that is no number");
        return Long.parseLong(digits);
    }
}
