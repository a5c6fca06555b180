package cairn.cli.daemon;

import cairn.cli.console.Invocation;
import cairn.cli.console.StandardInput;
import cairn.cli.console.Surroundings.Uploaded;
import cairn.cli.console.UsageException;
import cairn.node.text.RawText;
import cairn.rpc.client.MultipartWriter;
import cairn.rpc.client.RequestBody;
import cairn.rpc.server.Part;
import cairn.rpc.server.RequestException;
import cairn.rpc.server.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a command reads: the files that its arguments name, one after another, or standard input,
/// where there are none and for `-`. In a daemon, the files that were sent.
public final class Inputs {
    private static final String STANDARD_INPUT = "-";
    private static final String STANDARD_INPUT_NAME = "standard input";

    private Inputs() {}

    /// What [#forEach] calls.
    @FunctionalInterface
    public interface Reader {
        /// @param name for messages
        void read(ReadableByteChannel in, String name) throws IOException, UsageException;
    }

    /// Reads each input to the end.
    public static void forEach(Invocation call, Reader reader) throws IOException, UsageException {
        Optional<Uploaded> uploaded = call.surroundings().uploaded();
        if (uploaded.isPresent()) forEachPart(uploaded.get().parts(), reader);
        else forEachHere(call, reader);
    }

    /// The file that the last argument names; standard input, where there are no arguments or it is
    /// `-`. In a daemon, the file that was sent.
    public static InputStream last(Invocation call) throws IOException {
        Optional<Uploaded> uploaded = call.surroundings().uploaded();
        if (uploaded.isPresent()) return firstPart(uploaded.get().parts()).in();
        String name = names(call).getLast();
        return name.equals(STANDARD_INPUT)
                ? StandardInput.open(call)
                : Channels.newInputStream(open(name));
    }

    private static Part firstPart(Upload parts) throws IOException {
        return parts.next()
                .orElseThrow(() -> new RequestException("there is no file in the request"));
    }

    private static void forEachPart(Upload parts, Reader reader)
            throws IOException, UsageException {
        Optional<Part> part = Optional.of(firstPart(parts));
        for (; part.isPresent(); part = parts.next()) {
            byte[] path = new byte[part.get().path().remaining()];
            part.get().path().duplicate().get(path);
            String name = path.length == 0 ? STANDARD_INPUT_NAME : RawText.decode(path);
            reader.read(Channels.newChannel(part.get().in()), name);
        }
    }

    private static void forEachHere(Invocation call, Reader reader)
            throws IOException, UsageException {
        for (String name : names(call))
            if (name.equals(STANDARD_INPUT))
                reader.read(Channels.newChannel(StandardInput.open(call)), STANDARD_INPUT_NAME);
            else
                try (FileChannel in = open(name)) {
                    reader.read(in, name);
                }
    }

    /// The same, on their way to a daemon.
    public static Outgoing outgoing(Invocation call) {
        return new Outgoing(Set.of(), "", RequestBody.of(parts -> send(call, parts)));
    }

    private static void send(Invocation call, MultipartWriter parts) throws IOException {
        for (String name : names(call)) {
            boolean standard = name.equals(STANDARD_INPUT);
            byte[] path = standard ? new byte[0] : RawText.encode(name);
            var head = new MultipartWriter.Head(ByteBuffer.wrap(path), MultipartWriter.FILE);
            if (standard) parts.copy(head, StandardInput.open(call));
            else
                try (FileChannel file = open(name);
                        InputStream in = Channels.newInputStream(file)) {
                    parts.copy(head, in);
                }
        }
    }

    private static List<String> names(Invocation call) {
        return call.arguments().isEmpty() ? List.of(STANDARD_INPUT) : call.arguments();
    }

    private static FileChannel open(String name) throws IOException {
        if (name.isEmpty()) throw new NoSuchFileException("\"\"");
        Path path = RawText.path(name);
        if (Files.isDirectory(path)) throw new FileSystemException(name, null, "it is a folder");
        return FileChannel.open(path);
    }
}
