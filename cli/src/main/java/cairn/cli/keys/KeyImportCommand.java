package cairn.cli.keys;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Inputs;
import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import cairn.node.keys.KeyName;
import java.io.IOException;
import java.io.InputStream;

/// Takes a key from a file.
public final class KeyImportCommand implements Command {
    /// Keys of all types are far shorter, in either form; what comes after isn't read.
    private static final int MAX_FILE_BYTES = 2 * SigningKey.MAX_BYTES;

    @Override
    public Usage usage() {
        Usage usage =
                Usage.of("key import", "Take a key from a file")
                        .served(Usage.Runs.VALUES)
                        .reads(Usage.Input.LAST_FILE);
        return KeyPrinter.addTo(KeyFormat.addTo(usage.arguments("<name> <file>", 2, 2)))
                .flag(
                        "--allow-any-key-type",
                        "ecdsa keys too, which few programs can do anything with.")
                .explain("Prints its id. The file - stands for standard input.")
                .example(
                        "openssl genpkey -algorithm ED25519 | cairn key import mine -"
                                + " -f=pem-pkcs8-cleartext",
                        "takes a key that another program made");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String text = call.arguments().getFirst();
        if (text.equals(KeyName.SELF))
            throw new CommandException("cannot import key with name 'self'");
        KeyName name = KeyName.of(text);
        KeyFormat format = KeyFormat.of(call, "import");
        KeyPrinter printer = new KeyPrinter(call);
        SigningKey key = read(call, format);
        if (key.type() == KeyType.ECDSA && !call.flag("--allow-any-key-type"))
            throw new CommandException(
                    "key type ecdsa is not allowed to be imported, only rsa, ed25519 or secp256k1;"
                            + " use flag --allow-any-key-type if you are sure of what you're doing");
        Repos.options(call)
                .changeKeys(
                        Repos.path(call),
                        keys -> {
                            keys.add(name, key);
                            return key;
                        });
        printer.print(name.text(), key);
    }

    private static SigningKey read(Invocation call, KeyFormat format) throws IOException {
        byte[] bytes;
        try (InputStream in = Inputs.last(call)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        }
        try {
            return format.read(bytes);
        } catch (MalformedException e) {
            if (format == KeyFormat.LIBP2P && SigningKey.isLikePem(bytes))
                throw new CommandException(
                        "unexpected PEM block for format="
                                + format
                                + ": try again with format="
                                + KeyFormat.PEM,
                        e);
            throw new CommandException(
                    "unable to unmarshall format=" + format + ": " + e.getMessage(), e);
        }
    }
}
