package cairn.cli.keys;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.MalformedException;
import java.nio.charset.StandardCharsets;

/// The forms in which keys leave a repo and come into one, without a password.
enum KeyFormat {
    LIBP2P("libp2p-protobuf-cleartext", "key") {
        @Override
        SigningKey read(byte[] bytes) throws MalformedException {
            return SigningKey.decode(bytes);
        }

        @Override
        byte[] write(SigningKey key) {
            return key.encode();
        }
    },
    PEM("pem-pkcs8-cleartext", "pem") {
        @Override
        SigningKey read(byte[] bytes) throws MalformedException {
            return SigningKey.ofPem(bytes);
        }

        @Override
        byte[] write(SigningKey key) {
            return key.pem().getBytes(StandardCharsets.US_ASCII);
        }
    };

    private final String label;
    private final String extension;

    KeyFormat(String label, String extension) {
        this.label = label;
        this.extension = extension;
    }

    static Usage addTo(Usage usage) {
        return usage.text(
                "-f --format",
                "format",
                LIBP2P.label + " or " + PEM.label + ". Default: " + LIBP2P.label + ".");
    }

    /// @param deed what is done with it, for the error
    static KeyFormat of(Invocation call, String deed) throws UsageException {
        String label = call.text("--format").orElse(LIBP2P.label);
        for (KeyFormat format : values()) if (format.label.equals(label)) return format;
        throw new UsageException(
                "unrecognized "
                        + deed
                        + " format: "
                        + Escapes.printable(label)
                        + "; there are "
                        + LIBP2P.label
                        + " and "
                        + PEM.label);
    }

    /// How files in this form end.
    String extension() {
        return extension;
    }

    abstract SigningKey read(byte[] bytes) throws MalformedException;

    abstract byte[] write(SigningKey key);

    @Override
    public String toString() {
        return label;
    }
}
