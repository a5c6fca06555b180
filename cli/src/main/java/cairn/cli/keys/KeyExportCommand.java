package cairn.cli.keys;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.keys.KeyName;
import cairn.node.text.RawText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes a key to a file that its owner alone may read.
public final class KeyExportCommand implements Command {
    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rw-------");

    @Override
    public Usage usage() {
        Usage usage =
                Usage.of("key export", "Write a key to a file")
                        .arguments("<name>", 1, 1)
                        .text(
                                "-o --output",
                                "file",
                                "Where to. Default: <name>.key, or <name>.pem, in this folder.");
        return KeyFormat.addTo(usage)
                .explain(
                        "The key is not encrypted: who reads the file has the key. Only its owner may"
                                + " read it.")
                .example(
                        "cairn key export blog -f=pem-pkcs8-cleartext -o blog.pem",
                        "writes a key that OpenSSL and others can read");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String text = call.arguments().getFirst();
        if (text.equals(KeyName.SELF))
            throw new CommandException("cannot export key with name 'self'");
        KeyName name = KeyName.of(text);
        KeyFormat format = KeyFormat.of(call, "export");
        SigningKey key =
                Repos.options(call)
                        .keys(Repos.path(call))
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "key with name '" + name + "' doesn't exist"));
        String output = call.text("--output").orElse(name + "." + format.extension());
        write(RawText.path(output), format.write(key));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                posix
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                        : new FileAttribute<?>[0];
        if (posix && Files.isRegularFile(file)) Files.setPosixFilePermissions(file, PRIVATE);
        Set<StandardOpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(file, options, attributes)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) out.write(left);
            if (Files.isRegularFile(file)) out.force(true);
        }
    }
}
